"""What a first-time maintainer gets wrong: each mistake is reported once, at its place, with what to do about it.

Each row edits a brief that is valid. The place is that of the mistake, not where a parser stumbles over it.
"""

from dataclasses import dataclass
from pathlib import Path
from shutil import copy

import pytest

from bot.content.repository import check_directory
from bot.core.linting.diagnostic import Diagnostic
from tests.conftest import ROOT

BRIEF = (ROOT / "tests/content/apollo-13.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Mistake:
    """`old` is replaced by `new` where it first stands. The report has `code`, points at the text `at`, and holds
    `words`. Its line is that of the edit, unless it is `elsewhere`."""

    name: str
    old: str
    new: str
    at: str
    code: str
    words: str
    elsewhere: bool = False
    more: tuple[str, ...] = ()
    """Codes of further reports that say the same of other places."""

    @property
    def text(self) -> str:
        assert self.old in BRIEF
        return BRIEF.replace(self.old, self.new, 1)

    @property
    def line(self) -> int:
        """The first line that the edit changed."""
        lines = zip(BRIEF.split("\n"), self.text.split("\n"), strict=False)
        return next((number for number, (old, new) in enumerate(lines, 1) if old != new), self.text.count("\n") + 1)


def moved(first: str, end: str, by: int) -> tuple[str, str]:
    """The lines from `first` to before `end`, as they are and indented by `by` more."""
    block = BRIEF[BRIEF.index(first) : BRIEF.index(end, BRIEF.index(first) + 1)]
    return block, "".join(" " * by + line if by > 0 else line[-by:] for line in block.splitlines(keepends=True))


CLAIM = ("      - id: tank-failed", "      - id: words-to-houston")
FIRST_CLAIM = ("      - id: launch-day", "      - id: tank-failed")
EVIDENCE = ("          - source: transcript", "  legal:")
SOURCE = ("  transcript:\n", "  board-order:\n")
NOTE = ("  - date: 2025-01-05", " First version.")
SOURCE_LINE = "          - source: transcript"
CAVEATS = "caveats:\n  - The transcripts of the ground loops were not read."
TEXT = "text: The crew told Houston that there had been a problem."
QUOTE = "quote: Houston, we've had a problem here"

VALUES = [
    Mistake(
        "key twice", "status: published\n", "status: published\nstatus: draft\n", "status: draft", "B107", "remove"
    ),
    Mistake(
        "evidence as a mapping",
        *("          - source: transcript\n            quote", "          source: transcript\n          quote"),
        "source",
        "B122",
        "begin each entry with `- `",
    ),
    Mistake(
        "a forgotten dash in evidence",
        "          - source: transcript",
        "            source: transcript",
        "source",
        "B122",
        "- ",
    ),
    Mistake("a section misspelt", "  legal:\n", "  leagl:\n", "leagl", "B206", '"legal"'),
    Mistake(
        "a source misspelt",
        "source: transcript",
        "source: transcirpt",
        "transcirpt",
        "B201",
        '"transcript"',
        more=("B202",),
    ),
    Mistake("a standing misspelt", "standing: partly", "standing: partialy", "partialy", "B126", '"partly"'),
    Mistake("a status misspelt", "status: published", "status: publised", "publised", "B126", '"published"'),
    Mistake("a kind misspelt", "kind: government", "kind: goverment", "goverment", "B126", '"government"'),
    Mistake("a capital in a tag", "[space,", "[Space,", "Space", "B124", "a-z"),
    Mistake("an American date", "2025-02-10", "02/10/2025", "02/10/2025", "B129", "2025-02-10"),
    Mistake("the name of a month", "2025-02-10", "10 February 2025", "10 February", "B129", "2025-02-10"),
    Mistake(
        "a note is missing",
        "        note: The order was not seen; the report names its date.\n",
        "",
        "id: review-board",
        "B302",
        "add `note:`",
        elsewhere=True,
    ),
    Mistake("a status is missing", "status: published\n", "", "title", "B121", "add `status:`", elsewhere=True),
    Mistake("a text is too long", TEXT, f"text: {'long ' * 210}", "long", "B128", "shorten"),
    Mistake("a wrong key", "locator:", "page:", "page", "B120", "source, quote, locator"),
    Mistake(
        "notes in the wrong order", "date: 2025-01-05", "date: 2025-03-05", "date: 2025-03-05", "B401", "newest first"
    ),
    Mistake(
        "a note names a claim that is not there",
        "kind: new\n    note: First version.",
        "kind: new\n    note: First version.\n    claims: [tank-faild]",
        "tank-faild",
        "B208",
        '"tank-failed"',
    ),
    Mistake(
        "a list without brackets",
        "[apollo accident, oxygen tank, moon flight]",
        "apollo accident, moon flight",
        "apollo",
        "B122",
        "brackets",
    ),
    Mistake(
        "a source that nobody cites",
        "[{source: newspaper}]",
        "[{source: transcript}]",
        "newspaper:",
        "B202",
        "cite it",
        elsewhere=True,
    ),
    Mistake("an id twice", "id: board-powers", "id: review-board", "review-board", "B203", "id of its own"),
    Mistake(
        "an address without a scheme",
        "url: https://example.org/apollo-13/report",
        "url: example.org/apollo-13/report",
        "example.org",
        "B125",
        "http",
    ),
    Mistake(
        "two addresses in one",
        "url: https://example.org/apollo-13/report",
        "url: https://example.org/a, https://example.org/b",
        "https://example.org/a",
        "B125",
        "address",
    ),
    Mistake("claims: is forgotten", "  legal:\n    claims:\n", "  legal:\n", "- id: review-board", "B122", "mapping"),
]

COLONS = [
    Mistake("a colon in a text", "Houston that", "Houston: that", ": that", "B105", "put the text in quotes"),
    Mistake(
        "a colon in a title",
        "title: The accident of",
        "title: The accident: of",
        ": of",
        "B105",
        "put the text in quotes",
    ),
    Mistake(
        "a colon at the end of a quote", "problem here\n", "problem here:\n", ":", "B105", "put the text in quotes"
    ),
    Mistake(
        "a colon in a text over two lines",
        "told Houston that",
        "told\n          Houston: that",
        ": that",
        "B105",
        "put the text in quotes",
        elsewhere=True,
    ),
    Mistake("typographic quotes around a colon", TEXT, "text: “Houston: a problem”", ": a", "B105", "typographic"),
    Mistake("no blank behind a colon", "owner: science", "owner:science", "science", "B105", "`owner: science-desk`"),
    Mistake(
        "no blank behind the colon of a title",
        "title: The",
        "title:The",
        "The",
        "B105",
        "`title: The accident of Apollo 13`",
    ),
    Mistake("no blank behind the colon of a date", "as_of: 2025", "as_of:2025", "2025", "B105", "`as_of: 2025-02-10`"),
    Mistake(
        "no blank behind the colon of an id",
        "id: tank-failed",
        "id:tank-failed",
        "tank-failed",
        "B105",
        "`id: tank-failed`",
    ),
    Mistake(
        "no blank behind the colon of a note", "note: Said", "note:Said", "Said", "B105", "`note: Said by its chair.`"
    ),
    Mistake("no blank behind the colon of a list", "tags: [", "tags:[", "[space", "B105", "`tags: [space, nasa]`"),
    Mistake("no blank behind the last colon", "note: First", "note:First", "First", "B105", "`note: First version.`"),
    Mistake(
        "no blank behind the colon of a source's kind",
        "kind: reference",
        "kind:reference",
        "reference",
        "B105",
        "`kind: reference`",
    ),
    *(
        Mistake(f"no colon behind {word}", f"{word}:\n", f"{word}\n", "", "B105", f'"{word}" needs a colon')
        for word in (
            "sections",
            "overview",
            "claims",
            "evidence",
            "sources",
            "nasa-report",
            "transcript",
            "newspaper",
            "changes",
            "caveats",
        )
    ),
    Mistake(
        "no colon behind a key with a value",
        "owner: science-desk",
        "owner science-desk",
        " science",
        "B105",
        "`owner: science-desk`",
    ),
    Mistake("no colon behind a title", "title: The", "title The", " The", "B105", "`title: The accident of Apollo 13`"),
    Mistake("an equals sign for a colon", "owner: science", "owner = science", " = ", "B105", "`owner: science-desk`"),
    Mistake("a semicolon for a colon", "owner: science", "owner; science", "; ", "B105", "`owner: science-desk`"),
    Mistake("a wide colon", "owner: science", "owner：science", "：", "B105", "`owner: science-desk`"),
    Mistake("no colon behind text", "text: The crew", "text The crew", " The", "B105", "`text: The crew told"),
]

INDENTATION = [
    Mistake(
        "a claim's dash is two too far right",
        "      - id: tank-failed",
        "        - id: tank-failed",
        "- id",
        "B105",
        "column, 7",
    ),
    Mistake(
        "a claim's dash is two too far left",
        "      - id: tank-failed",
        "    - id: tank-failed",
        "- id",
        "B105",
        "column, 7",
    ),
    Mistake("a claim is two too far right", *moved(*CLAIM, 2), "- id", "B105", "column, 7"),
    Mistake("a claim is two too far left", *moved(*CLAIM, -2), "- id", "B105", "column, 7"),
    Mistake("a claim is one too far right", *moved(*CLAIM, 1), "- id", "B105", "column, 7"),
    Mistake("a claim is one too far left", *moved(*CLAIM, -1), "- id", "B105", "column, 7"),
    Mistake("a claim is four too far left", *moved(*CLAIM, -4), "- id", "B105", "column, 7"),
    Mistake("the first claim is two too far right", *moved(*FIRST_CLAIM, 2), "- id", "B105", "column, 7"),
    Mistake("the first claim is two too far left", *moved(*FIRST_CLAIM, -2), "- id", "B105", "column, 7"),
    Mistake("a note is two too far right", *moved(*NOTE, 2), "- date", "B105", "column, 3"),
    Mistake(
        "a note's dash is two too far left", "  - date: 2025-01-05", "- date: 2025-01-05", "- date", "B105", "column, 3"
    ),
    Mistake("a source is one too far left", *moved(*SOURCE, -1), "transcript", "B105", "column, 3"),
    Mistake("a section is one too far right", *moved("  legal:\n", "  reactions:\n", 1), "legal", "B105", "column, 3"),
    *(
        Mistake(
            f"{key} is {by:+} in its claim",
            f"        {key}: {rest}",
            f"{' ' * (8 + by)}{key}: {rest}",
            key,
            "B105",
            "column, 9",
        )
        for key, rest in (("text", "An oxygen"), ("standing", "partly"), ("note", "The order"))
        for by in (2, 1, -1, -2)
    ),
    *(
        Mistake(
            f"a quote is {by:+}",
            "            quote: a rapid",
            f"{' ' * (12 + by)}quote: a rapid",
            "quote",
            "B105",
            "column, 13",
        )
        for by in (2, 1, -1, -2, -4)
    ),
    Mistake(
        "evidence is two too far right",
        "        evidence:\n          - source: transcript",
        "          evidence:\n          - source: transcript",
        "evidence",
        "B105",
        "column, 9",
    ),
    Mistake(
        "evidence is two too far left",
        "        evidence:\n          - source: transcript",
        "      evidence:\n          - source: transcript",
        "evidence",
        "B105",
        "column, 9",
    ),
    Mistake(
        "a key of a source is two too far right",
        "    date: 1970-04\n",
        "      date: 1970-04\n",
        "date",
        "B105",
        "column, 5",
    ),
    Mistake(
        "a key of a source is one too far left",
        "    date: 1970-04\n",
        "   date: 1970-04\n",
        "date",
        "B105",
        "column, 5",
    ),
    Mistake(
        "the first key of a source is one too far right",
        "    title: Air",
        "     title: Air",
        "title",
        "B105",
        "column, 5",
    ),
    Mistake(
        "an evidence's dash is two too far left",
        "          - source: transcript",
        "        - source: transcript",
        "source",
        "B105",
        "column, 13",
    ),
    Mistake(
        "an evidence's dash is two too far right",
        "          - source: transcript",
        "            - source: transcript",
        "source",
        "B105",
        "column, 13",
    ),
    Mistake(
        "the first section is one too far right", "  overview:\n", "   overview:\n", "overview", "B105", "column, 3"
    ),
    Mistake(
        "the first source is two too far right", "  nasa-report:\n", "    nasa-report:\n", "nasa", "B105", "column, 3"
    ),
    Mistake("the first section is one too far left", "  overview:\n", " overview:\n", "overview", "B105", "column, 3"),
    Mistake(
        "the first key of a source is two too far left", "    title: Air", "  title: Air", "title", "B105", "column, 5"
    ),
    Mistake(
        "the first key of a source is one too far left", "    title: Air", "   title: Air", "title", "B105", "column, 5"
    ),
    Mistake(
        "the first line of a block of text is too far right",
        TEXT,
        "text: >\n            The crew told\n          Houston.\n          Of it.",
        "The crew",
        "B105",
        "column, 11",
        elsewhere=True,
    ),
    Mistake(
        "a comment within a block of text",
        TEXT,
        "text: >\n          The crew told\n# ask\n          Houston.",
        "# ask",
        "B105",
        "above the key",
        elsewhere=True,
    ),
    Mistake(
        "the first claim has no dash",
        "      - id: launch-day",
        "        id: launch-day",
        "id",
        "B105",
        "a dash is missing",
    ),
    Mistake(
        "the first note has no dash",
        "  - date: 2025-02-10",
        "    date: 2025-02-10",
        "date",
        "B105",
        "a dash is missing",
    ),
    Mistake(
        "no blank behind the first dash",
        "- id: launch-day",
        "-id: launch-day",
        "-id",
        "B105",
        "a blank is missing behind the dash",
    ),
    Mistake(
        "a dash before a source's first key", "    title: Air", "    - title: Air", "- title", "B105", "remove the dash"
    ),
    Mistake("a dash before the title", "title: The", "- title: The", "- title", "B105", "remove the dash"),
    Mistake(
        "sections are made a comment", "sections:\n  overview", "#sections:\n  overview", "#", "B105", "is a comment"
    ),
    Mistake(
        "a key is swallowed by a block of text",
        TEXT,
        f"text: >\n          {TEXT[6:]}\n          note: Not verified.",
        "note:",
        "B119",
        "joins it",
        elsewhere=True,
    ),
    Mistake(
        "the first key of a source, a block of text, is too far left",
        "    title: Air-to-ground transcript",
        "  title: >\n      Air-to-ground transcript",
        "title",
        "B105",
        "column, 5",
    ),
    Mistake(
        "a key behind a block of text is too far left",
        f"        {TEXT}\n        evidence",
        f"        text: >\n          {TEXT[6:]}\n       evidence",
        "evidence",
        "B105",
        "column, 9",
        elsewhere=True,
    ),
    Mistake("a source is in column 1", "  transcript:\n", "transcript:\n", "transcript", "B105", "does not belong"),
    Mistake("a section is in column 1", "  legal:\n", "legal:\n", "legal", "B105", "does not belong"),
    Mistake(
        "evidence is in column 1",
        f"        evidence:\n{SOURCE_LINE}",
        f"evidence:\n{SOURCE_LINE}",
        "evidence",
        "B105",
        "does not belong",
    ),
    *(
        Mistake(
            f"a locator is in column {column}",
            "            locator",
            f"{' ' * (column - 1)}locator",
            "locator",
            "B105",
            "does not belong",
        )
        for column in (3, 5)
    ),
    *(
        Mistake(f"{name} alone is made a comment", old, f"#{old}", "#", "B105", "is a comment")
        for name, old in (
            ("a claim's first line", "      - id: launch-day"),
            ("a source's name", "  nasa-report:\n"),
            ("a section's name", "  overview:\n"),
            ("evidence", f"        evidence:\n{SOURCE_LINE}"),
        )
    ),
    Mistake("owner is indented", "owner: sc", "  owner: sc", "owner", "B105", "column, 1"),
    Mistake("the title is indented", "title: The", "  title: The", "title", "B105", "column 1"),
    Mistake(
        "a quote goes on in column 1",
        "tank no. 2 within",
        "tank no. 2\nwithin",
        "within",
        "B105",
        "column 14",
        elsewhere=True,
    ),
    Mistake(
        "a quote goes on in its key's column",
        "tank no. 2 within",
        "tank no. 2\n            within",
        "within",
        "B105",
        "column 14",
        elsewhere=True,
    ),
    Mistake(
        "a quote goes on left of its key",
        "tank no. 2 within",
        "tank no. 2\n        within",
        "within",
        "B105",
        "column 14",
        elsewhere=True,
    ),
    *(
        Mistake(
            f"a quote goes on in column {column}",
            "tank no. 2 within",
            f"tank no. 2\n{' ' * (column - 1)}within",
            "within",
            "B105",
            "column 14",
            elsewhere=True,
        )
        for column in (2, 3, 5, 7, 10, 11, 12)
    ),
    Mistake(
        "a text goes on in column 1",
        "service module failed",
        "service module\nfailed",
        "failed",
        "B105",
        "column 10",
        elsewhere=True,
    ),
    Mistake(
        "a summary goes on in column 1",
        "burst on the way",
        "burst\non the way",
        "on the way",
        "B105",
        "column 2",
        elsewhere=True,
    ),
    Mistake(
        "a caveat goes on in column 1",
        "the ground loops",
        "the\nground loops",
        "ground loops",
        "B105",
        "not indented enough",
        elsewhere=True,
    ),
    Mistake(
        "the last note goes on in column 1",
        "First version.",
        "First\nversion.",
        "version.",
        "B105",
        "column 6",
        elsewhere=True,
    ),
    Mistake(
        "a block of text becomes narrower",
        TEXT,
        "text: >\n          The crew told\n         Houston of it.",
        "Houston",
        "B105",
        "column, 11",
        elsewhere=True,
    ),
]

DASHES = [
    Mistake(
        "a forgotten dash",
        "      - id: tank-failed",
        "        id: tank-failed",
        "id",
        "B107",
        "begin a new entry with `- `",
        more=("B107", "B107"),
    ),
    Mistake(
        "a dash before a source", "  transcript:\n", "  - transcript:\n", "- transcript", "B105", "remove the dash"
    ),
    Mistake(
        "a dash before the first source",
        "  nasa-report:\n",
        "  - nasa-report:\n",
        "- nasa-report",
        "B105",
        "remove the dash",
    ),
    Mistake(
        "a dash before the last source", "  newspaper:\n", "  - newspaper:\n", "- newspaper", "B105", "remove the dash"
    ),
    Mistake("a dash before a section", "  legal:\n", "  - legal:\n", "- legal", "B105", "remove the dash"),
    Mistake(
        "a dash before the first section", "  overview:\n", "  - overview:\n", "- overview", "B105", "remove the dash"
    ),
    Mistake("a dash before a key at the top", "owner: sc", "- owner: sc", "- owner", "B105", "remove the dash"),
    Mistake(
        "a dash before a claim's text",
        "        text: An oxygen",
        "        - text: An oxygen",
        "- text",
        "B105",
        "remove the dash",
    ),
    Mistake(
        "no blank behind a dash",
        "- id: tank-failed",
        "-id: tank-failed",
        "-id",
        "B105",
        "a blank is missing behind the dash",
    ),
    Mistake(
        "no blank behind the dash of a note",
        "- date: 2025-01-05",
        "-date: 2025-01-05",
        "-date",
        "B105",
        "a blank is missing behind the dash",
    ),
    Mistake("a typographic dash", "- id: tank-failed", "– id: tank-failed", "–", "B105", "`- `"),
    Mistake("a bullet", "- id: tank-failed", "• id: tank-failed", "•", "B105", "`- `"),
    Mistake(
        "an entry that is swallowed",
        "loops were not read.",
        "loops were not read.\n    - Another one was not.",
        "- Another",
        "B119",
        "joins it",
        elsewhere=True,
    ),
]

FIRST_CHARACTERS = [
    *(
        Mistake(f"{sign} first", "text: The crew", f"text: {sign}crew", sign, code, "put the text in quotes")
        for sign, code in (("@", "B105"), ("`", "B105"), ("%", "B105"), ("*", "B108"), ("&", "B108"), ("!", "B109"))
    ),
    *(
        Mistake(f"{sign} and a blank first", "text: The crew", f"text: {sign} crew", sign, "B105", "in quotes")
        for sign in ("-", "?", "*", "&", ">", "|", "@", ",", "]", "}")
    ),
    Mistake("# first", "text: The crew", "text: #1 the crew", "#1", "B114", "put the text in quotes"),
    Mistake("a bracket first", "text: The crew", "text: [The] crew", "crew", "B105", "in quotes"),
    Mistake("a brace first", "text: The crew", "text: {The} crew", "crew", "B105", "in quotes"),
    Mistake("bold first", "text: The crew", "text: **The** crew", "**", "B105", "put the text in quotes"),
]

QUOTES = [
    Mistake(
        "an apostrophe in single quotes", QUOTE, "quote: 'Houston, we've had a problem here'", "ve had", "B105", "`''`"
    ),
    Mistake(
        "quotes in double quotes",
        TEXT,
        'text: "Apollo 13 was launched on "April 11" with three"',
        "April",
        "B105",
        '`\\"`',
    ),
    Mistake(
        "quotes at the end of double quotes",
        TEXT,
        'text: "Apollo 13 was launched on "April 11""',
        "April",
        "B105",
        '`\\"`',
    ),
    Mistake(
        "quotes at the beginning of double quotes", TEXT, 'text: ""Apollo" was launched"', "Apollo", "B105", '`\\"`'
    ),
    Mistake(
        "words behind the quotes",
        TEXT,
        'text: "We have a problem," said the crew.',
        "said",
        "B105",
        "ended at the mark",
    ),
    Mistake(
        "words behind single quotes",
        TEXT,
        "text: 'We have a problem,' said the crew.",
        "said",
        "B105",
        "ended at the mark",
    ),
    Mistake(
        "quotes in quotes in a list",
        CAVEATS,
        'caveats:\n  - "The "loops" were not read."',
        "loops",
        "B105",
        '`\\"`',
        elsewhere=True,
    ),
    Mistake("quotes in quotes in brackets", "[apollo accident,", '["the "accident"",', "accident", "B105", '`\\"`'),
    Mistake(
        "quotes in quotes in braces",
        "[{source: newspaper}]",
        '[{source: newspaper, quote: "the "big" landing"}]',
        "big",
        "B105",
        '`\\"`',
    ),
    Mistake("quotes are not closed", TEXT, 'text: "The crew told Houston.', '"The', "B105", "never closed"),
    Mistake("single quotes are not closed", QUOTE, "quote: 'Houston has a problem", "'Houston", "B105", "mark"),
    Mistake(
        "quotes close only in the next text",
        QUOTE + "\n",
        'quote: "Houston has a problem\n            locator: "page 4"\n',
        '"Houston',
        "B105",
        "add the closing mark",
    ),
    Mistake("quotes with a typographic end", TEXT, 'text: "The crew told Houston.”', '"The', "B105", "never closed"),
    Mistake("an emoji as JSON writes it", TEXT, 'text: "The crew \\ud83d\\ude00 told"', "\\ud83d", "B105", "😀"),
    Mistake("a Windows path", TEXT, 'text: "in C:\\Users\\crew"', "\\U", "B105", "`\\\\`"),
    Mistake("an unknown escape", TEXT, 'text: "the crew\\q"', "\\q", "B105", "`\\\\`"),
    Mistake("U+ in an escape", TEXT, 'text: "The crew \\U+1F600"', "\\U+1F600", "B105", "\\U0001F600"),
    Mistake("braces in an escape", TEXT, 'text: "The crew \\u{1F600}"', "\\u{1F600}", "B105", "\\U0001F600"),
    Mistake("half of a pair", TEXT, 'text: "The crew \\ud83d"', "\\ud83d", "B105", "escape"),
]

BRACKETS = [
    Mistake("a bracket is not closed", "moon flight]", "moon flight", "[apollo", "B105", "never closed"),
    Mistake(
        "a bracket is not closed on the last list",
        "claims: [tank-failed]",
        "claims: [tank-failed",
        "[tank",
        "B105",
        "never closed",
    ),
    Mistake("a brace is not closed", "{source: newspaper}]", "{source: newspaper]", "]", "B105", "`}`"),
    Mistake(
        "no comma between texts in quotes",
        "[apollo accident, oxygen tank,",
        '["apollo accident" "oxygen tank",',
        '"oxygen',
        "B105",
        "comma",
    ),
    Mistake("a bracket too many", "moon flight]", "moon flight]]", "]", "B105", "bracket before this"),
    Mistake(
        "a caveat in brackets",
        CAVEATS,
        "caveats: [What was not verified, or where reports differ.]",
        "or where",
        "B115",
        "put the whole text in quotes",
    ),
    Mistake(
        "a caveat with names in brackets",
        CAVEATS,
        "caveats: [Reports differ on Smith, Jones and Lee.]",
        "Jones",
        "B115",
        "put the whole text in quotes",
    ),
    Mistake(
        "a number in brackets",
        CAVEATS,
        "caveats: [The sum of 1,200 was not verified]",
        "200",
        "B115",
        "put the whole text in quotes",
    ),
    Mistake("a place as an alias", "[apollo accident,", "[Houston, Texas flight,", "Texas", "B117", "put it in quotes"),
    Mistake("a number as an alias", "[apollo accident,", "[1,200 men,", "200 men", "B117", "put it in quotes"),
    Mistake(
        "a quote in braces",
        "[{source: newspaper}]",
        "[{source: newspaper, quote: they came back alive, unhurt}]",
        "unhurt",
        "B115",
        "put the whole text in quotes",
    ),
]

COMMENTS = [
    Mistake("a number sign in a quote", "tank no. 2", "tank #2", "#2", "B114", "put the text in quotes"),
    Mistake("a number sign in a text", "that there had", "that #2 had", "#2", "B114", "put the text in quotes"),
    Mistake(
        "a number sign in a title",
        "title: The accident of",
        "title: The accident #1 of",
        "#1",
        "B114",
        "put the text in quotes",
    ),
    Mistake("a number sign in a note", "note: Said by", "note: Said by #1,", "#1", "B114", "put the text in quotes"),
    Mistake(
        "a number sign in a summary", "In April 1970 an", "In April 1970 #1 an", "#1", "B114", "put the text in quotes"
    ),
    Mistake(
        "a number sign in a caveat", "the ground loops", "the ground loops #2", "#2", "B114", "put the text in quotes"
    ),
    Mistake("a number sign in a name", "publisher: NASA", "publisher: NASA #3", "#3", "B114", "put the text in quotes"),
    Mistake(
        "a number sign in the second line of a text",
        "in oxygen tank no. 2",
        "in\n              oxygen tank #2",
        "#2",
        "B114",
        "put the text in quotes",
        elsewhere=True,
    ),
    Mistake(
        "a number sign before the last line of a text",
        "tank no. 2 within",
        "tank #2\n              within",
        "#2",
        "B114",
        "put the text in quotes",
    ),
    Mistake(
        "a number sign before a line at the margin",
        "tank no. 2 within",
        "tank #2\nwithin",
        "#2",
        "B114",
        "put the text in quotes",
    ),
    Mistake(
        "a text goes on behind quotes with a number sign",
        "publisher: NASA",
        'publisher: "NASA #3"\nof Houston',
        "of",
        "B105",
        "column 6",
        elsewhere=True,
    ),
    Mistake(
        "a comment of another language", "owner: sc", "// the desk\nowner: sc", "//", "B105", "begin comments with `#`"
    ),
]

DOCUMENT = [
    Mistake(
        "a comment within a text",
        "told Houston",
        "told\n        # to be checked\n          Houston",
        " ",
        "B105",
        "above the key",
        elsewhere=True,
    ),
    Mistake("a comma as in JSON", "owner: science-desk", '"owner": "science-desk",', ",", "B105", "remove this mark"),
    Mistake(
        "two keys in a line",
        "status: published\nas_of",
        "status: published, as_of",
        ": 2025",
        "B105",
        '"as_of" on a line of its own',
    ),
    Mistake("a line of dots", "sections:", "...\nsections:", "...", "B105", "remove this line"),
    Mistake(
        "a note's dash is one too far left", "  - date: 2025-02-10", " - date: 2025-02-10", "date", "B105", "column, 5"
    ),
    Mistake("a fence of Markdown", "# yaml-lang", "```yaml\n# yaml-lang", "```", "B105", "Markdown"),
    Mistake("a fence at the end", "First version.\n", "First version.\n```\n", "```", "B105", "Markdown"),
    Mistake(
        "a line of dashes at the end", "First version.\n", "First version.\n---\n", "---", "B106", "remove this line"
    ),
    Mistake(
        "a second brief", "First version.\n", "First version.\n---\ntitle: Another\n", "---", "B106", "file of its own"
    ),
    Mistake("a directive", "# yaml-lang", "%YAML 1.3\n---\n# yaml-lang", "%YAML", "B105", "remove this line"),
    Mistake("a tab", "        text: The crew", "\ttext: The crew", "\t", "B104", "spaces"),
    Mistake("a tab behind a colon", "text: The crew", "text:\tThe crew", "\t", "B104", "spaces"),
    Mistake("a no-break blank", "        text: The crew", "        \u00a0text: The crew", "\u00a0", "B116", "U+00A0"),
    Mistake("a no-break blank behind a colon", "text: The crew", "text:\u00a0The crew", "\u00a0", "B116", "U+00A0"),
    Mistake(
        "a merge conflict",
        "owner: science-desk\n",
        "<<<<<<< HEAD\nowner: a\n=======\nowner: b\n>>>>>>> b\n",
        "<<<<<<<",
        "B113",
        "merge conflict",
    ),
]

MISTAKES = [*VALUES, *COLONS, *INDENTATION, *DASHES, *FIRST_CHARACTERS, *QUOTES, *BRACKETS, *COMMENTS, *DOCUMENT]


def check(directory: Path, text: str) -> list[Diagnostic]:
    copy(ROOT / "tests/content/apollo-store.yaml", directory / "_store.yaml")
    (directory / "apollo-13.yaml").write_text(text, encoding="utf-8")
    # Numbers that a mistake brings in are in no quote; that is no mistake of syntax.
    return [each for each in check_directory(directory) if each.code != "B307"]


def test_the_brief_is_valid(tmp_path: Path) -> None:
    assert check(tmp_path, BRIEF) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_reported_at_its_place_with_its_remedy(tmp_path: Path, mistake: Mistake) -> None:
    first, *others = check(tmp_path, mistake.text)
    assert (first.code, [other.code for other in others]) == (mistake.code, list(mistake.more))
    line = mistake.text.split("\n")[first.line - 1]
    assert line[first.column - 1 :].startswith(mistake.at)
    assert mistake.elsewhere or first.line == mistake.line
    assert mistake.words in f"{first.message}; {first.hint}"
    assert "did not find" not in first.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("moon flight]", "moon flight,]"),
        ("  legal:\n", "  # on the law\n  legal: # its claims\n"),
        ("status: published", "status: published # since February"),
        ("as_of: 2025-02-10", "as_of: 2025-02-10 # a day"),
        ("id: tank-failed", "id: tank-failed # never changed"),
        ("owner: science-desk", "owner: science-desk   # or the night desk"),
        ("publisher: NASA", "publisher: NASA    # the agency"),
        (TEXT, f"# a comment\n        {TEXT}"),
        (TEXT, 'text: "The crew told Houston of tank #2." # checked'),
        (TEXT, "text: >- # folded\n          The crew told Houston of tank #2."),
        (TEXT, "text: The crew told Houston of tank#2."),
        (CAVEATS, "caveats: [The loops were not read., The orders neither.]"),
        (CAVEATS, 'caveats: ["Not read, or not all.", Orders neither]'),
        (CAVEATS, "caveats: [loops not read, orders neither]"),
        ("[apollo accident,", "[Apollo accident, CECOT, Northern Ireland,"),
        ("[apollo accident,", '["Houston, Texas flight",'),
        ("[apollo accident, oxygen tank, moon flight]", "\n  - apollo accident\n  - oxygen - or nitrogen - tank"),
    ],
)
def test_what_is_meant_is_no_mistake(tmp_path: Path, old: str, new: str) -> None:
    assert old in BRIEF
    assert check(tmp_path, BRIEF.replace(old, new, 1)) == []
