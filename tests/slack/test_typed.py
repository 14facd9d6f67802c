"""What people type reaches the commands as they typed it, however it came: the real app over HTTP."""

import html
from collections.abc import Iterator

import pytest

from tests.live import Stage, eventually, stage

WORDS = ["x&lt;y", "x&amp;lt;y", "a<b & c>d", "R&amp;D"]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("typed")) as found:
        yield found


def escaped(text: str) -> str:
    """As Slack sends what was typed, and takes what is to be read."""
    return html.escape(text, quote=False)


@pytest.mark.parametrize("words", WORDS)
def test_a_command_is_repeated_as_it_was_typed(scene: Stage, words: str) -> None:
    assert escaped(words) in scene.ask(f"/brief search {words}").text


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("direct", [True, False])
def test_so_are_a_mention_and_a_direct_message(scene: Stage, words: str, direct: bool) -> None:
    scene.welcome()  # each asks in a channel of its own, as Slack takes one post a second and channel
    workspace = scene.workspace
    channel = workspace.state.direct(scene.ann).id if direct else scene.general
    start = "" if direct else f"<@{workspace.state.app.bot_user}> "
    question = workspace.say(scene.ann, channel, f"{start}search {escaped(words)}")
    eventually(lambda: workspace.last(scene.ann, channel).ts != question.ts)
    assert escaped(words) in workspace.last(scene.ann, channel).text
