"""`briefbot rests-on`: which claims, posts and channels rest on a source."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli.formats import RestsOnFormat
from bot.cli.rests_on import pages_named, rests_on
from bot.core.briefs.brief import Source
from bot.errors import SettingsError
from bot.settings import Settings
from bot.store.posted_messages import PostedClaim
from bot.store.store import Store
from tests.cli.evidence_scene import BUSES, FERRIES, write
from tests.make import brief
from tests.store.moments import NOW

PAGE = "http://example.org/2025/ferries"

TEXT = """\
Harbour Gazette: Board halves ferries <http://example.org/2025/ferries>, 4 March 2025 · archived copy \
<https://web.archive.org/web/20250304/http://example.org/2025/ferries>
Its name in briefs: buses/ferries-page and ferries/gazette

3 claims rest on it, 2 of them on nothing else:

{briefs}/buses.yaml:9:9: replaced (overview, draft): cited without a quote; rests on nothing else
    In March 2025 buses replaced six ferries.

{briefs}/ferries.yaml:10:9: halved (overview): 2 quotes; rests on nothing else
    On 3 March 2025 the board cut the number of daily ferries from twelve to six.

{briefs}/ferries.yaml:23:9: in-court (legal): cited without a quote
    Two towns went to court in March 2025.

1 claim was looked for in it, and not found:

{briefs}/ferries.yaml:16:9: sold (overview)
    Not verified: Whether ferries were sold in 2025: no report read says so.

"""
NO_POSTS = "Posts are not known: no bot has a database here; name its database in BRIEFBOT_DATABASE_URL.\n"
POSTS = """\
2 posts in 2 channels show these claims, newest first:
a direct conversation (T1), message 2.0 of 12 May 2026: ferries/sold
C1 (T1), message 1.0 of 12 May 2026: ferries/halved, buses/replaced
"""


@dataclass
class Shell:
    """A directory of briefs, and perhaps a database."""

    settings: Settings
    capsys: pytest.CaptureFixture[str]

    def run(self, source: str, format: RestsOnFormat = "text") -> tuple[int, str, str]:
        """The exit code, and what is printed for readers and for errors."""
        code = rests_on(source, format, self.settings)
        return code, *self.capsys.readouterr()

    def record(self, source: str) -> Any:
        return json.loads(self.run(source, "json")[1])


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    url = f"sqlite:///{tmp_path}/none.db"
    return Shell(Settings(briefs=write(tmp_path / "briefs"), database_url=url), capsys)


@pytest.mark.parametrize(
    "source",
    [
        PAGE,
        "https://www.example.org/2025/ferries/#top",
        "example.org/2025/ferries?utm_medium=social",
        "https://archive.today/AbCdE",
        "https://web.archive.org/web/2024/https://example.org/2025/ferries",
        "buses/ferries-page",
        "gazette",
    ],
)
def test_a_page_is_known_by_all_of_its_names(shell: Shell, source: str) -> None:
    found = shell.record(source)
    assert [(each["brief"], each["id"]) for each in found["claims"]] == [
        ("buses", "replaced"),
        ("ferries", "halved"),
        ("ferries", "sold"),
        ("ferries", "in-court"),
    ]


def test_claims_stand_with_their_lines_and_what_else_carries_them(shell: Shell) -> None:
    assert shell.run(PAGE) == (0, TEXT.format(briefs=shell.settings.briefs) + NO_POSTS, "")
    assert not list(shell.settings.briefs.parent.glob("*.db"))


def test_posts_are_listed_without_who_asked_or_shared(shell: Shell, store: Store) -> None:
    for ts, channel, claims in (("1.0", "C1", ["ferries/halved", "buses/replaced"]), ("2.0", "D1", ["ferries/sold"])):
        with store.transaction() as tx:
            tx.posted_messages.add(
                team="T1",
                enterprise=None,
                channel=channel,
                ts=ts,
                thread_ts=None,
                publication=1,
                content={"kind": "answer", "by": "U777"},
                claims=[PostedClaim(*each.split("/")) for each in claims],
                at=NOW,
            )
    shell.settings = shell.settings.model_copy(
        update={"database_url": store.engine.url.render_as_string(hide_password=False)}
    )
    code, text, _ = shell.run(PAGE)
    assert (code, text) == (0, TEXT.format(briefs=shell.settings.briefs) + POSTS)
    posts = shell.record(PAGE)["posts"]
    assert [(each["channel"], each["ts"], each["claims"]) for each in posts] == [
        (None, None, ["ferries/sold"]),
        ("C1", "1.0", ["ferries/halved", "buses/replaced"]),
    ]
    assert "U777" not in text + json.dumps(posts)


def test_a_database_that_cannot_be_read_keeps_no_claim_back(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "none.db").write_bytes(b"no database" * 100)
    with pytest.raises(SettingsError, match="cannot be opened"):
        shell.run(PAGE)
    out = shell.capsys.readouterr().out
    assert out.startswith(TEXT.format(briefs=shell.settings.briefs))
    assert "Posts are not known: the database cannot be opened" in out


def test_a_database_of_another_version_is_neither_changed_nor_fatal(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "none.db").touch()
    with pytest.raises(SettingsError, match="cannot be opened"):
        shell.run(PAGE)


def test_what_no_brief_has_is_said_with_what_is_near(shell: Shell) -> None:
    near = "of example.org there are: buses/ferries-page, ferries/gazette, ferries/radio"
    nothing = f"no brief has a source at https://example.org/2026/ferries; {near}\n"
    assert shell.run("https://example.org/2026/ferries") == (1, "", nothing)
    with pytest.raises(SettingsError, match="“gazete” is no source of a brief; did you mean gazette"):
        shell.run("gazete")
    with pytest.raises(SettingsError, match="did you mean ferries/radio"):
        shell.run("ferries/radios")


def test_an_id_that_means_two_pages_is_asked_back(shell: Shell) -> None:
    write(shell.settings.briefs, ferries=FERRIES, buses=BUSES.replace("ferries-page", "radio"))
    with pytest.raises(SettingsError, match="another page in each of 2 briefs; name one: buses/radio or ferries/radio"):
        shell.run("radio")
    assert [each["id"] for each in shell.record("ferries/radio")["claims"]] == ["sold", "in-court"]


def test_a_broken_file_is_named_as_its_claims_are_not_looked_at(shell: Shell) -> None:
    write(shell.settings.briefs, ferries=FERRIES, buses="title: 1\n")
    code, text, errors = shell.run(PAGE)
    assert code == 1
    assert "2 claims rest on it, 1 of them on nothing else" in text
    assert errors == f"{shell.settings.briefs}/buses.yaml: not looked at, as it has errors; run briefbot check\n"


def test_a_source_of_a_draft_without_an_address_is_said_to_have_none() -> None:
    draft = brief("ferries", sources={"gazette": Source(publisher="", url="", kind="news")}, status="draft")
    with pytest.raises(SettingsError, match="the source ferries/gazette has no address yet; add its url"):
        pages_named("gazette", {"ferries": draft})
