"""`briefbot diff`, as DESIGN promises it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time
from slack_sdk.models.blocks import Block

from bot.cli.diff import diff
from bot.cli.formats import DiffFormat
from bot.errors import SettingsError
from bot.settings import Settings
from bot.workspace.blockkit import validate_blocks

SETTINGS = Settings(briefs=Path("briefs"))
KEYS = ["op", "what", "kind", "id", "section", "before", "after"]

STORE = """\
sections:
  overview: {title: Overview}
  legal: {title: Legal considerations}
edit_url: https://github.com/harbour/briefs/edit/main/briefs
"""

FERRIES = """\
title: The ferry timetable
summary: The harbour board halved the number of ferries.
status: published
as_of: 2025-04-01
owner: local-desk
sections:
  overview:
    claims:
      - id: halved
        text: On 2 March 2025 the board cut the number of daily ferries from twelve to six.
        evidence:
          - source: gazette
            quote: the number of daily crossings falls from twelve to six
      - id: no-alternative
        text: The board said that there was no alternative.
        evidence:
          - source: gazette
            quote: we have no alternative
sources:
  gazette:
    title: Board halves ferries
    publisher: Harbour Gazette
    url: https://example.org/ferries
    kind: news
changes:
  - date: 2025-04-01
    kind: new
    note: First version.
"""

NOTE = """\
changes:
  - date: 2025-05-12
    kind: {kind}
    note: The board met on 3 March.
    claims: [halved]
"""

WITHDRAWN = FERRIES.replace("status: published", "status: withdrawn").replace(
    "changes:\n", "changes:\n  - {date: 2025-05-12, kind: withdrawal, note: There are no ferries.}\n"
)
CORRECTED = FERRIES.replace("On 2 March", "On 3 March").replace("changes:\n", NOTE.format(kind="correction"))
BUSES = FERRIES.replace("ferry", "bus")


@dataclass(frozen=True)
class Outcome:
    """How it ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run(old, new)`: the difference between two directories with these files, and `_store.yaml` unless it is None."""
    monkeypatch.chdir(tmp_path)

    def call(
        old: Mapping[str, str | None], new: Mapping[str, str | None], format: DiffFormat = "text", one: str = ""
    ) -> Outcome:
        for name, files in (("old", old), ("new", new)):
            Path(name).mkdir()
            for file, text in {"_store": STORE, **files}.items():
                if text is not None:
                    (Path(name) / f"{file}.yaml").write_text(text, encoding="utf-8")
        code = diff(Path("old") / one, Path("new") / one, format, SETTINGS)
        return Outcome(code, *capsys.readouterr())

    return call


# What it says


NOTHING = "Readers will be told nothing.\n"


def test_nothing_changed_is_said(run: Run) -> None:
    assert run({"ferries": FERRIES}, {"ferries": FERRIES}) == Outcome(0, NOTHING, "")


@pytest.mark.parametrize("format", ["json", "blocks"])
def test_nothing_changed_is_an_empty_list(run: Run, format: DiffFormat) -> None:
    reordered = FERRIES.replace("owner: local-desk\n", "").replace("summary:", 'owner: "local-desk"\nsummary:')
    assert run({"ferries": FERRIES}, {"ferries": reordered}, format) == Outcome(0, "[]\n", "")


def test_text_is_the_posts_as_a_terminal_shows_them(run: Run) -> None:
    trams = WITHDRAWN.replace("ferry", "tram")
    old = {"ferries": FERRIES, "trams": FERRIES.replace("ferry", "tram")}
    outcome = run(old, {"ferries": CORRECTED, "buses": BUSES, "trams": trams})
    assert (outcome.code, outcome.err) == (0, "")
    head, *posts = outcome.out.split("\n\n---\n\n")
    assert head.splitlines() == [
        "Readers will be told of 3 briefs: 1 withdrawal, 1 correction, 1 new brief.",
        "Correction: ferries",
        "Withdrawal: trams",
    ]
    assert [post.splitlines()[2].split(" · ")[0] for post in posts] == ["New brief", "Correction", "Withdrawal"]
    assert "12 May 2025: The board met on 3 March.\n\nOverview\nWas: On 2 March 2025 the board" in posts[1]
    assert "History of this file <https://github.com/harbour/briefs/commits/main/briefs/ferries.yaml>" in posts[1]


def test_the_day_of_a_post_is_today(run: Run) -> None:
    with freeze_time("2026-05-11T23:59:59Z"):
        outcome = run({}, {"ferries": FERRIES})
    assert "\n\nNew brief · 11 May 2026\n\n" in outcome.out


def test_text_is_not_folded(run: Run) -> None:
    many = "".join(
        f"      - {{id: day-{n}, text: 'On day {n} no ferry ran.', evidence: [{{source: gazette}}]}}\n"
        for n in range(9)
    )
    out = run({"ferries": FERRIES}, {"ferries": FERRIES.replace("sources:\n", f"{many}sources:\n", 1)}).out
    assert "On day 8 no ferry ran. [1]" in out
    assert "more changes" not in out


def test_json_has_the_keys_that_it_promises(run: Run) -> None:
    outcome = run({"ferries": FERRIES}, {"ferries": CORRECTED.replace("owner: local-desk", "owner: desk")}, "json")
    (change_set,) = outcome.json
    assert (list(change_set), change_set["brief"], change_set["kind"]) == (
        ["brief", "kind", "changes"],
        "ferries",
        "correction",
    )
    assert all(list(change) == KEYS for change in change_set["changes"])
    edit, owner = change_set["changes"]
    evidence = {"source": "gazette", "quote": "the number of daily crossings falls from twelve to six", "locator": None}
    assert edit == {
        "op": "edited",
        "what": "claim",
        "kind": "correction",
        "id": "halved",
        "section": "overview",
        "before": {
            "id": "halved",
            "text": "On 2 March 2025 the board cut the number of daily ferries from twelve to six.",
            "standing": "supported",
            "note": None,
            "evidence": [evidence],
        },
        "after": {**edit["before"], "text": edit["before"]["text"].replace("2 March", "3 March")},
    }
    assert owner == {
        "op": "edited",
        "what": "field",
        "kind": "update",
        "id": "owner",
        "section": None,
        "before": "local-desk",
        "after": "desk",
    }


def test_json_tells_moves_by_their_places(run: Run) -> None:
    claim = FERRIES[FERRIES.index("      - id: no-alt") : FERRIES.index("sources:\n")]
    moved = FERRIES.replace(claim, "").replace("  overview:\n", f"  legal:\n    claims:\n{claim}  overview:\n")
    (change_set,) = run({"ferries": FERRIES}, {"ferries": moved}, "json").json
    assert [(change["op"], change["what"], change["before"], change["after"]) for change in change_set["changes"]] == [
        ("moved", "claim", {"section": "overview", "index": 1}, {"section": "legal", "index": 0}),
        ("added", "section", None, "legal"),
    ]


def test_json_writes_dates_and_lists_plainly(run: Run) -> None:
    new = FERRIES.replace("as_of: 2025-04-01", "as_of: 2025-05-12\nreview_by: 2025-12-01\ntags: [boats]")
    (change_set,) = run({"ferries": FERRIES}, {"ferries": new}, "json").json
    assert [(c["op"], c["id"], c["before"], c["after"]) for c in change_set["changes"]] == [
        ("edited", "as_of", "2025-04-01", "2025-05-12"),
        ("added", "review_by", None, "2025-12-01"),
        ("added", "tags", None, ["boats"]),
    ]


def test_json_has_whole_briefs(run: Run) -> None:
    new, gone = run({"ferries": FERRIES}, {"buses": BUSES}, "json").json
    assert [(each["kind"], each["changes"][0]["op"], each["changes"][0]["what"]) for each in (new, gone)] == [
        ("new", "added", "brief"),
        ("withdrawal", "removed", "brief"),
    ]
    assert new["changes"][0]["after"]["title"] == "The bus timetable"
    assert gone["changes"][0]["before"]["slug"] == "ferries"
    assert gone["changes"][0]["after"] is None


def test_json_has_editorial_changes_and_the_posts_do_not(run: Run) -> None:
    edited = FERRIES.replace("from twelve to six.", "to six.").replace("changes:\n", NOTE.format(kind="editorial"))
    assert run({"ferries": FERRIES}, {"ferries": edited}, "json").json[0]["kind"] == "editorial"


def test_editorial_changes_are_no_message(run: Run) -> None:
    edited = FERRIES.replace("the board cut", "they cut").replace("changes:\n", NOTE.format(kind="editorial"))
    assert run({"ferries": FERRIES}, {"ferries": edited}, "blocks") == Outcome(0, "[]\n", "")


@pytest.mark.parametrize(
    ("edits", "line"),
    [
        ({"local-desk": "desk"}, "ferries: owner “local-desk” became “desk”"),
        ({"owner:": "aliases: [boats]\nowner:"}, "ferries: aliases: “boats” added"),
        ({"First version": "First versions"}, "ferries: an earlier change note edited"),
        ({"gazette": "harbour"}, "ferries: the source gazette is called harbour now"),
        ({"The ferry": "The  “ferry”", "2 March": "2 March"}, ""),
        ({"halved the number": "halved — the number", "ferries.": "ferries…"}, ""),
        ({"summary:": "# So.\nsummary:"}, "ferries: only comments, white space between values, or the order of keys"),
    ],
)
def test_what_readers_are_not_told_has_a_line(run: Run, edits: dict[str, str], line: str) -> None:
    edited = FERRIES
    for old, new in edits.items():
        edited = edited.replace(old, new)
    out = run({"ferries": FERRIES}, {"ferries": edited}).out
    assert (f"\n- {line}\n" in out) == bool(line)
    assert out.startswith(f"{NOTHING}\nReaders will not be told:\n- ") == bool(line)


def test_marks_that_read_the_same_have_a_line(run: Run) -> None:
    edited = FERRIES.replace("no alternative.", "no  alternative.").replace("title: The ferry", "title: The  ferry")
    out = run(
        {"ferries": FERRIES},
        {"ferries": edited.replace("title: The  ferry timetable", 'title: "The  ferry timetable"')},
    ).out
    assert out == f"{NOTHING}\nReaders will not be told:\n- ferries: {MARKS}\n"


MARKS = (
    "only words for the search (also), leads, groups, or marks that read the same, such as quotes, dashes"
    " and white space"
)


def test_an_editorial_change_has_a_line_with_the_words_that_differ(run: Run) -> None:
    edited = FERRIES.replace("the board cut", "they cut").replace("changes:\n", NOTE.format(kind="editorial"))
    out = run({"ferries": FERRIES}, {"ferries": edited.replace("The board met on 3 March", "Style")}).out
    assert out.splitlines()[2:] == [
        "Readers will not be told:",
        "- ferries: the claim halved: “the board” became “they” (declared editorial)",
        "- ferries: the editorial note “Style.”",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (None, FERRIES.replace("published", "draft"), "a new draft"),
        (FERRIES.replace("published", "draft"), None, "the draft is gone"),
        (FERRIES.replace("published", "draft"), FERRIES.replace("published", "draft") + "# So.\n", "the draft changed"),
        (None, WITHDRAWN, "new, and withdrawn from the start"),
        (
            WITHDRAWN,
            WITHDRAWN.replace("from twelve to six.", "from ten to six."),
            "the claim halved: “twelve” became “ten” (the brief is withdrawn)",
        ),
    ],
)
def test_what_readers_do_not_see_has_a_line(run: Run, old: str | None, new: str | None, line: str) -> None:
    before, after = ({"ferries": text} if text else {} for text in (old, new))
    assert f"- ferries: {line}\n" in run(before, after).out


def test_settings_of_the_store_have_a_line(run: Run) -> None:
    out = run({"ferries": FERRIES}, {"ferries": FERRIES, "_store": STORE.replace("Overview", "Summary")}).out
    assert out == f"{NOTHING}\nReaders will not be told:\n- _store.yaml: sections\n"


def test_a_brief_that_is_published_again_is_a_reinstatement_and_says_why(run: Run) -> None:
    outcome = run({"ferries": WITHDRAWN}, {"ferries": WITHDRAWN.replace("status: withdrawn", "status: published")})
    assert outcome.out.startswith("Readers will be told of 1 brief: 1 reinstatement.\n")
    assert outcome.err == (
        "new/ferries.yaml:3:9: warning B406 this brief is published again without a note; "
        "add a change note that says why, as the first under `changes`\n"
    )


# Renames


KEPT = FERRIES.replace("owner:", "aliases: [ferries]\nowner:")


def test_a_renamed_brief_that_keeps_its_name_as_alias_is_not_told(run: Run) -> None:
    outcome = run({"ferries": FERRIES}, {"boats": KEPT})
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines()[0] == "Readers will be told nothing."
    assert "- boats: renamed from ferries\n- boats: aliases: “ferries” added\n" in outcome.out


def test_a_rename_without_the_alias_is_an_error_and_no_post(run: Run) -> None:
    outcome = run({"ferries": FERRIES}, {"boats": FERRIES})
    assert (outcome.code, outcome.out.splitlines()[0]) == (1, "Readers will be told nothing.")
    assert outcome.err == (
        'old/ferries.yaml:1:1: error B501 the brief "ferries" was published and is called "boats" now; '
        'add "ferries" to the aliases of boats, or rename it back\n'
    )


def test_json_has_a_record_for_a_rename(run: Run) -> None:
    records = run({"ferries": FERRIES}, {"boats": KEPT}, "json").json
    assert [list(each) for each in records] == [["brief", "kind", "changes"]] * 2
    (rename,) = records[-1]["changes"]
    assert (rename["op"], rename["what"], rename["before"], rename["after"]) == ("moved", "brief", "ferries", "boats")


def test_a_section_that_keeps_its_old_key_as_alias_is_not_told(run: Run) -> None:
    store = STORE.replace("overview: {title: Overview}", "summary: {title: Overview, aliases: [overview]}")
    new = {"ferries": FERRIES.replace("  overview:", "  summary:"), "_store": store}
    outcome = run({"ferries": FERRIES}, new)
    assert (outcome.code, outcome.err, outcome.out.splitlines()[0]) == (0, "", NOTHING.strip())


def test_a_section_that_loses_its_old_key_is_an_error_in_the_store(run: Run) -> None:
    store = STORE.replace("overview:", "summary:")
    outcome = run({"ferries": FERRIES}, {"ferries": FERRIES.replace("  overview:", "  summary:"), "_store": store})
    assert outcome.code == 1
    assert outcome.err.startswith('new/_store.yaml:2:3: error B502 "overview" no longer names the section overview; ')


def test_blocks_are_what_slack_is_sent(run: Run) -> None:
    sent = run({"ferries": FERRIES}, {"ferries": CORRECTED, "buses": BUSES}, "blocks").json
    assert [list(message) for message in sent] == [["text", "blocks"]] * 2
    for message in sent:
        assert message["text"]
        assert validate_blocks(message["blocks"]) == []
        assert all(Block.parse(block) for block in message["blocks"])


# What is wrong


def test_a_broken_file_is_named_and_taken_for_unchanged(run: Run) -> None:
    broken = FERRIES.replace("owner:", "ownr:")
    outcome = run({"ferries": FERRIES, "buses": BUSES}, {"ferries": broken, "buses": CORRECTED}, "json")
    assert outcome.code == 1
    assert [each["brief"] for each in outcome.json] == ["buses"]
    lines = outcome.err.splitlines()
    assert 'new/ferries.yaml:5:1: error B120 "ownr" is not a key that belongs here; did you mean "owner"?' in lines
    assert all(line.startswith("new/ferries.yaml:") for line in lines)


def test_a_warning_is_not_named(run: Run) -> None:
    warned = FERRIES.replace("            quote: we have no alternative\n", "")
    outcome = run({"ferries": FERRIES}, {"ferries": warned})
    assert (outcome.code, "B303" in outcome.err) == (0, False)


def test_an_error_that_the_older_state_has_too_is_not_named(run: Run) -> None:
    aliased = FERRIES.replace("owner:", "aliases: [boats]\nowner:")
    state = {"ferries": aliased, "ships": aliased}
    assert run(state, {**state, "buses": BUSES}).code == 0


def test_a_file_that_was_broken_before_is_not_compared(run: Run) -> None:
    outcome = run({"ferries": "title: 'Ferries"}, {"ferries": FERRIES}, "json")
    assert (outcome.code, outcome.json) == (0, [])
    assert outcome.err.startswith("old/ferries.yaml:1:8: error B105 this is not YAML: ")
    assert outcome.err.endswith("; this brief is not compared\n")


def test_two_new_notes_on_one_claim_are_an_error_at_the_second(run: Run) -> None:
    twice = CORRECTED.replace("changes:\n", NOTE.format(kind="update"))
    outcome = run({"ferries": FERRIES}, {"ferries": twice}, "json")
    assert (outcome.code, outcome.json[0]["kind"]) == (1, "correction")
    assert outcome.err == (
        'new/ferries.yaml:33:14: error B402 two new notes name the claim "halved"; '
        "make them one note, or let only one of them name it\n"
    )


@pytest.mark.parametrize("old", [{}, {"ferries": FERRIES.replace("published", "draft")}, {"ferries": CORRECTED}])
def test_old_notes_may_name_a_claim_that_a_new_one_names(run: Run, old: dict[str, str]) -> None:
    twice = CORRECTED.replace("changes:\n", NOTE.format(kind="update"))
    assert run(old, {"ferries": twice}).code == 0


ALIASED = FERRIES.replace("owner:", "aliases: [boats]\nowner:")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ({"a": FERRIES}, {"a": FERRIES.replace("  overview:", "  overveiw:")}, "a.yaml:7:3: error B206"),
        ({"b": ALIASED}, {"b": ALIASED, "a": ALIASED}, "a.yaml:5:11: error B204"),
        ({"b": ALIASED}, {"b": ALIASED, "boats": FERRIES}, "boats.yaml:1:1: error B204"),
        ({"a": FERRIES, "b": ALIASED}, {"a": ALIASED, "b": ALIASED}, "a.yaml:5:11: error B204"),
        ({"a": FERRIES}, {"a": ALIASED.replace("boats", "legal")}, "a.yaml:5:11: error B205"),
        ({"a": FERRIES}, {"a": FERRIES, "_store": f"{STORE}lead: nobody\n"}, "_store.yaml:5:7: error B207"),
    ],
)
def test_what_the_gate_refuses_is_named_at_the_file_that_changed_and_told_to_nobody(
    old: dict[str, str], new: dict[str, str], line: str, run: Run
) -> None:
    outcome = run(old, new)
    assert (outcome.code, outcome.out) == (1, NOTHING)
    assert outcome.err.startswith(f"new/{line} ")
    assert outcome.err.count("\n") == 1


def test_a_refused_file_leaves_what_is_told_of_the_others(run: Run) -> None:
    outcome = run({"a": FERRIES, "b": ALIASED}, {"a": ALIASED, "b": ALIASED, "buses": BUSES})
    assert outcome.code == 1
    assert outcome.out.startswith("Readers will be told of 1 brief: 1 new brief.\n")


def test_a_file_that_is_compared_alone_passes_the_gate_beside_its_neighbours(run: Run) -> None:
    outcome = run({"a": FERRIES, "b": FERRIES}, {"a": ALIASED, "b": ALIASED}, one="a.yaml")
    assert (outcome.code, outcome.out) == (1, NOTHING)
    assert outcome.err.startswith("new/a.yaml:5:11: error B204 ")


def test_a_store_that_is_gone_is_an_error(run: Run) -> None:
    outcome = run({"ferries": FERRIES}, {"ferries": FERRIES, "_store": None})
    assert (outcome.code, outcome.out) == (1, NOTHING)
    assert outcome.err == (
        "old/_store.yaml:1:1: error B510 _store.yaml was published and is gone, or is empty; "
        "put it back; if it is meant: briefbot publish --force\n"
    )


@pytest.mark.parametrize("left", [0, 1])
def test_where_most_briefs_are_gone_it_says_that_nothing_is_published(left: int, run: Run) -> None:
    old = {"trams": FERRIES.replace("ferry", "tram"), "ferries": FERRIES, "buses": BUSES}
    outcome = run(old, dict([*old.items()][:left]))
    assert outcome.code == 1
    held, told = outcome.out.split("\n\n---\n\n")[0].split("\n\n")
    gone = f"{3 - left} of 3 published briefs are gone from the files"
    assert held == f"Nothing is published without briefbot publish --force: {gone}. By force:"
    assert told.startswith(f"Readers will be told of {3 - left} briefs: {3 - left} withdrawals.")


def test_one_brief_of_several_that_is_gone_is_published(run: Run) -> None:
    outcome = run({"ferries": FERRIES, "buses": BUSES}, {"ferries": FERRIES})
    assert outcome.out.startswith("Readers will be told of 1 brief: 1 withdrawal.\n")


# Files


def test_two_files_of_one_brief_are_compared_alone(run: Run) -> None:
    files = {"ferries": CORRECTED, "buses": FERRIES, "trams": "title: ["}
    outcome = run({"ferries": FERRIES}, files, "json", "ferries.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert [each["brief"] for each in outcome.json] == ["ferries"]


def test_files_have_the_titles_and_the_history_of_their_store(run: Run) -> None:
    out = run({"ferries": FERRIES}, {"ferries": CORRECTED}, "text", "ferries.yaml").out
    assert "commits/main/briefs/ferries.yaml" in out


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("nowhere", ".", "nowhere: no such file or directory"),
        (".", "nowhere", "nowhere: no such file or directory"),
        (".", "ferries.yaml", "one is a directory"),
        ("buses.yaml", "ferries.yaml", "different briefs"),
    ],
)
def test_paths_that_do_not_belong_together(
    old: str, new: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("ferries", "buses"):
        Path(f"{name}.yaml").write_text(FERRIES, encoding="utf-8")
    with pytest.raises(SettingsError, match=why):
        diff(Path(old), Path(new), "text", SETTINGS)
