"""A bot's surroundings with nothing wrong in them, as variables of the environment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app.doctor.examine import examine
from bot.app.doctor.finding import Finding
from bot.workspace.local_server import LocalServer
from bot.workspace.server import application
from bot.workspace.workspace import Workspace
from tests.scenarios.room import FERRIES, FILES


@dataclass
class Scene:
    """`environ` is what a fault changes, `briefs` the directory of brief files."""

    workspace: Workspace
    environ: dict[str, str]
    briefs: Path
    channel: str

    def findings(self) -> list[Finding]:
        """All of them."""
        return list(examine(self.environ))

    def set(self, **variables: str | None) -> None:
        """Sets variables; None takes one away."""
        for name, value in variables.items():
            self.environ.pop(name, None)
            if value is not None:
                self.environ[name] = value

    def over_http(self, port: int, secret: str | None = None) -> None:
        """The bot is reached over HTTP, and not over Socket Mode."""
        secret = secret or self.workspace.state.app.signing_secret
        self.set(SLACK_APP_TOKEN=None, SLACK_SIGNING_SECRET=secret, BRIEFBOT_PORT=str(port))


@contextmanager
def scene_of(tmp_path: Path, database_url: str) -> Iterator[Scene]:
    """A workspace, briefs and a database."""
    briefs = tmp_path / "briefs"
    briefs.mkdir()
    for name, text in {**FILES, "ferries.yaml": FERRIES}.items():
        (briefs / name).write_text(text, encoding="utf-8")
    workspace = Workspace()
    served = LocalServer(application(workspace))
    workspace.base_url = served.url
    channel = workspace.add_channel("brief-maintainers", workspace.add_user("ann"))
    app = workspace.state.app
    environ = {
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_APP_TOKEN": app.app_token,
        "SLACK_API_URL": f"{served.url}/api/",
        "BRIEFBOT_BRIEFS": str(briefs),
        "BRIEFBOT_DATABASE_URL": database_url,
        "BRIEFBOT_MAINTAINERS_CHANNEL": channel,
    }
    try:
        yield Scene(workspace, environ, briefs, channel)
    finally:
        served.close()
