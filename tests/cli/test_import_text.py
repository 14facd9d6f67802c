"""`briefbot import`: a draft of pasted text, and what of a text a brief lacks."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.__main__ import USAGE_ERROR, main
from bot.cli.check import check
from bot.settings import Settings
from tests.conftest import ROOT

GIVEN = ROOT / "tests" / "examples" / "pasted" / "given-brief.txt"
SLUG = "el-salvadors-offer-to-house-us-prisoners-sparks-legal"
TEXT = """\
The ferry timetable

Overview
The board met on 3 March 2025. It cut the boats (see https://example.org/a).

Sources
Harbour Gazette, 4 March 2025
"""


@pytest.fixture
def briefs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    store = (ROOT / "briefs" / "_store.yaml").read_text(encoding="utf-8")
    (tmp_path / "_store.yaml").write_text(store.replace("lead: ", "# "), encoding="utf-8")
    monkeypatch.setenv("BRIEFBOT_BRIEFS", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    Path("paste.txt").write_text(TEXT)
    return tmp_path


def test_the_given_text_becomes_a_draft_that_passes_and_a_list_of_what_lacks_evidence(
    briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(GIVEN)]) == 0
    path = briefs / f"{SLUG}.yaml"
    first, *others = capsys.readouterr().out.splitlines()
    assert first == f"{path}: a draft with 14 claims in 5 sections, and 2 sources; readers see nothing of it."
    assert others[0] == "line 1 of the text: “Detailed Breakdown” is the section Overview"
    work = others[others.index("To do:") + 1 :]
    lines = path.read_text(encoding="utf-8").splitlines()
    ids = [lines[int(each.removeprefix(f"{path}:").split(":")[0]) - 1].strip() for each in work]
    assert [each.removeprefix("- id: ") for each in ids[3:-2]] == [
        each.split(" ")[2].rstrip(":") for each in work[3:-2]
    ]
    assert [each.split(": ")[2] for each in work[3:-2]] == ["find a source, and quote it"] * 14
    assert work[-1].endswith("look it up (url, kind, date), and cite it")
    assert check([briefs], "text", Settings(briefs=briefs)) == 0
    assert " 0 errors" in f" {capsys.readouterr().out.splitlines()[-1]}"


def test_a_draft_of_the_same_text_is_not_written_twice(briefs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "paste.txt"]) == 0
    written = (briefs / "the-ferry-timetable.yaml").read_bytes()
    assert main(["import", "paste.txt"]) == USAGE_ERROR
    error = capsys.readouterr().err
    assert "the-ferry-timetable.yaml is there already, and stays as it is" in error
    assert error.endswith(" (--slug names the draft)\n")
    assert (briefs / "the-ferry-timetable.yaml").read_bytes() == written
    assert main(["import", "paste.txt", "--slug", "ferries"]) == 0
    assert (briefs / "ferries.yaml").read_bytes() == written


@pytest.mark.parametrize(("language", "claims"), [("en", 9), ("es", 7)])
def test_the_language_decides_which_abbreviations_are_known(
    language: str, claims: int, briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = ROOT / "tests" / "examples" / "pasted" / "spanish.txt"
    assert main(["import", str(text), "--slug", "ferries", "--language", language, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["claims"]) == claims


def test_the_standard_input_is_read(
    briefs: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(TEXT.encode())))
    assert main(["import", "-", "--slug", "ferries"]) == 0
    assert capsys.readouterr().out.startswith(f"{briefs / 'ferries.yaml'}: a draft with 2 claims in 1 section, and 2 ")


def test_json_has_what_was_made_and_what_is_to_be_done(briefs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "paste.txt", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert list(record) == ["path", "title", "claims", "sources", "remarks", "notices", "work"]
    assert record["path"] == str(briefs / "the-ferry-timetable.yaml")
    assert record["claims"][1] == {
        "line": 4,
        "section": "overview",
        "id": "cut-boats-https-example-org",
        "text": "It cut the boats (see https://example.org/a).",
        "links": [{"mark": "", "source": "example-a"}],
    }
    assert record["remarks"] == [
        {"line": 1, "section": "overview", "text": "The ferry timetable", "kind": "title"},
        {"line": 3, "section": "overview", "text": "Overview", "kind": "heading"},
        {"line": 6, "section": "overview", "text": "Sources", "kind": "heading"},
    ]
    assert record["work"][-1]["what"].startswith("source harbour-gazette: look it up (publisher, url, kind, date)")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["pasted.txt"], "pasted.txt: no such file or directory; name a text file, or - for the standard input"),
        (["."], ".: is a directory; name a text file"),
        (["empty.txt"], "empty.txt holds no word; paste the text of the brief into it"),
        (["empty.html"], "empty.html holds no word; paste the text of the brief into it"),
        (["paste.txt", "--slug", "A B"], 'B127 "A B" is not a slug; '),
        (["paste.txt", "--slug", "law"], 'B205 "law" is already the section legal'),
        (
            ["paste.txt", "--into", "nothing"],
            "nothing.yaml: no such file; leave out --into to make a draft of the text",
        ),
        (["paste.txt", "--into", "broken"], "broken.yaml has errors; mend them first: briefbot check "),
        (["paste.txt", "--into", "brokn"], "brokn.yaml: no such file; did you mean broken?"),
        (["long.txt"], " would be over 256 KiB, and was not written; import the text in parts"),
    ],
)
def test_what_cannot_be_imported_is_said_with_what_to_do(
    arguments: list[str], words: str, briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty.txt").write_text("\n")
    Path("empty.html").write_text("<!doctype html><p></p><script>one</script>")
    Path("long.txt").write_text("\n\n".join(f"The {number}th boat left." for number in range(2000)))
    Path("broken.yaml").write_text("title: [")
    before = sorted(briefs.iterdir())
    assert main(["import", *arguments]) == USAGE_ERROR
    assert words in capsys.readouterr().err
    assert sorted(briefs.iterdir()) == before


# Beside a brief


def test_what_a_brief_lacks_is_printed_to_paste_and_nothing_changes(
    briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "paste.txt", "--slug", "ferries"])
    before = (briefs / "ferries.yaml").read_bytes()
    Path("more.txt").write_text(
        "The board met on 3 March 2025. The board met on 4 March 2025. It sold https://example.org/a/ boats.\n\n"
        "Reactions\nTowns are not amused.\n\nSources\nHarbour Gazette, 4 March 2025\nhttps://example.org/b\n"
    )
    capsys.readouterr()
    assert main(["import", "more.txt", "--into", "ferries"]) == 0
    printed = capsys.readouterr()
    assert printed.out == NEW.format(path=briefs / "ferries.yaml")
    assert printed.err.splitlines() == [
        "line 1 of the text: the brief says it already, in board-met",
        "line 1 of the text: board-met-2 is much like board-met",
        "line 3 of the text: “Reactions” is the section Reactions",
        "line 6 of the text: “Sources” stands above sources",
        "line 7 of the text: the brief has this source already, as harbour-gazette",
    ]
    assert (briefs / "ferries.yaml").read_bytes() == before
    assert main(["import", "more.txt", "--into", "ferries", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [claim["id"] for claim in record["claims"]] == [
        "board-met-2",
        "sold-https-example-org-boats",
        "towns-amused",
    ]
    assert [remark["text"] for remark in record["remarks"]] == ["Reactions", "Sources"]


NEW = """\
# Not in {path}: 3 claims, 1 source of the text; copy what you want of these below the same keys.
sections:
  overview:
    claims:
      - id: board-met-2
        text: The board met on 4 March 2025.
        standing: unverified
        note: Line 1 of the pasted text; no source was read for it.
      - id: sold-https-example-org-boats
        text: It sold https://example.org/a/ boats.
        standing: unverified
        note: Line 1 of the pasted text; no source was read for it.
        # the text names here: example-a
  reactions:
    claims:
      # Reactions
      - id: towns-amused
        text: Towns are not amused.
        standing: unverified
        note: Line 4 of the pasted text; no source was read for it.
      # Sources

sources:
  # https://example.org/b
  example-b:
    url: https://example.org/b
    # TODO: publisher, kind
"""


@pytest.mark.parametrize("name", ["ferries", "ferries.yaml", "boats", "Six Boats", "six-boats"])
def test_a_brief_is_known_by_its_slug_its_file_and_its_aliases(
    name: str, briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", "paste.txt", "--slug", "ferries"])
    path = briefs / "ferries.yaml"
    path.write_text(f"aliases: [boats, six boats]\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    capsys.readouterr()
    assert main(["import", "paste.txt", "--into", name]) == 1
    assert capsys.readouterr().out == f"{path} has every claim and source of the text.\n"


def test_a_text_that_a_brief_has_in_other_typography_is_nothing_new(
    briefs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("paste.txt").write_text("The board’s chair said “no” – twice.")
    main(["import", "paste.txt", "--slug", "ferries"])
    Path("paste.txt").write_text('The  board\'s chair said "no" -\ntwice.')
    capsys.readouterr()
    assert main(["import", "paste.txt", "--into", "ferries"]) == 1
    assert capsys.readouterr().out == f"{briefs / 'ferries.yaml'} has every claim and source of the text.\n"
