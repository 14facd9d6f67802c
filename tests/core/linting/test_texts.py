"""What a text of a brief may not say."""

from dataclasses import replace

import pytest

from bot.core.briefs.brief import Caveat, ChangeNote, Evidence, Source, day
from bot.core.briefs.vocabulary import SectionMeta, Vocabulary
from bot.core.linting.texts import check_store_texts, check_texts
from tests.make import GAZETTE, brief, claim

BANNERS = [
    "Corrected on 24 November 2026: the opposite is true.",
    "Corrected 12 May 2025: was “six”.",
    "Corrected 12 May 2025.",
    "*Corrected November 24, 2026* it is so",
    "  _Withdrawn:_ this brief was withdrawn by its maintainers",
    "WITHDRAWN 2025-05-12",
    "Reinstated 3 May 2026: it is so.",
    "This has changed since you asked.",
    "This brief was withdrawn.",
    "This brief is no longer published.",
    "What stands above no longer holds.",
    "Correction: the day was wrong.",
    "Withdrawal · 3 May 2026",
    "Was: six ferries",
    "Now: twelve ferries",
]
INNOCENT = [
    "Withdrawn in 2019, the bill came back in 2021.",
    "Corrected figures were published in May.",
    "Corrections are rare.",
    "The court said: “Corrected on 24 November 2026.”",
    "This brief visit was his last.",
    "Nowhere: it is a village.",
]


def codes(**fields: object) -> list[tuple[str, object]]:
    return [(each.code, each.at) for each in check_texts(brief("tea", **fields))]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", BANNERS)
def test_no_text_opens_as_the_bot_does(text: str) -> None:
    assert codes(title=text) == [("B134", ("title",))]
    assert codes(summary=f"It is so.\n{text}") == [("B133", ("summary",)), ("B134", ("summary",))]


@pytest.mark.parametrize("text", INNOCENT)
def test_the_same_words_elsewhere_are_only_words(text: str) -> None:
    assert codes(title=text) == []


LINES = "One line\nand another"
WITH_LINES = Source(
    publisher=LINES,
    url="https://example.org",
    kind="news",
    title=LINES,
    author=LINES,
    via=LINES,
    date_note=LINES,
    note=LINES,
)


def test_only_a_quote_has_several_lines() -> None:
    quoted = Evidence(source="gazette", quote=LINES, locator=LINES)
    content = brief(
        "tea",
        {"legal": [claim("one", LINES, note=LINES, evidence=(quoted,))]},
        title=LINES,
        aliases=(LINES,),
        summary=LINES,
        owner=LINES,
        caveats=(Caveat(text=LINES),),
        sources={"gazette": WITH_LINES},
        changes=(ChangeNote(date=day("2025-01-01"), kind="new", note=LINES),),
    )
    problems = list(check_texts(content))
    assert {each.code for each in problems} == {"B133"}
    assert [each.at[-1] for each in problems] == [
        *("title", "summary", "owner", 0, 0, "text", "note", "locator"),
        *("title", "author", "publisher", "via", "date_note", "note", "note"),
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("â€œNo,â€\x9d he said", "“"),
        ("itâ€™s", "’"),
        ("cafÃ©", "é"),
        ("Â£120", "£"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("ðŸ˜€", "😀"),
        ("Tea &amp; coffee", "&"),
        ("it&#8217;s", "’"),
        ("it&rsquo;s", "’"),
        ("a&nbsp;b", "\\xa0"),
    ],
)
def test_what_was_garbled_on_its_way_is_named_with_what_was_meant(text: str, meant: str) -> None:
    (problem,) = check_texts(brief("tea", title=text))
    assert (problem.code, problem.severity, problem.at) == ("B135", "warning", ("title",))
    assert problem.hint == f'type "{meant}"'


@pytest.mark.parametrize(
    "text",
    [
        "“CAFÉ»",
        "LIBERTÉ",
        "São Tomé",
        "NÃO",
        "crème brûlée",
        "Привет",
        "香港",
        "naïve Ñandú",
        "AT&T; BT",
        "R&D",
        "&c;",
        "😀",
    ],
)
def test_letters_of_other_languages_are_not_garbled(text: str) -> None:
    assert codes(title=text) == []


def test_addresses_are_looked_at_wherever_they_stand() -> None:
    source = replace(GAZETTE, url="https://exаmple.org", archive_url="https://example.org/a).")
    assert codes(sources={"gazette": source}) == [
        ("B125", ("sources", "gazette", "url")),
        ("B136", ("sources", "gazette", "archive_url")),
    ]
    assert codes(sources={"gazette": replace(GAZETTE, url="https://example.org/?a=1&amp;b=2")}) == [
        ("B135", ("sources", "gazette", "url"))
    ]


def test_the_store_has_rules_of_its_own() -> None:
    vocabulary = Vocabulary(
        sections={"legal": SectionMeta(title=LINES, aliases=("Withdrawn: law", "R&amp;D"))},
        edit_url="https://example.org:0/edit?branch=main",
    )
    assert [(each.code, each.at) for each in check_store_texts(vocabulary)] == [
        ("B133", ("sections", "legal", "title")),
        ("B134", ("sections", "legal", "aliases", 0)),
        ("B135", ("sections", "legal", "aliases", 1)),
        ("B125", ("edit_url",)),
        ("B137", ("edit_url",)),
    ]


@pytest.mark.parametrize(
    ("address", "is_place"),
    [
        ("https://example.org/edit/main", True),
        ("https://example.org/edit/{file}#L{line}", True),
        ("https://example.org/edit?path={file}", True),
        ("https://example.org/edit?path=", False),
        ("https://example.org/edit/{line}", False),
        ("https://example.org/{branch}/{file}", False),
        ("https://example.org/{file}{", False),
    ],
)
def test_an_address_for_editing_has_a_place_for_the_file_and_no_other_in_braces(address: str, is_place: bool) -> None:
    problems = check_store_texts(Vocabulary(sections={}, edit_url=address))
    assert [each.code for each in problems] == ([] if is_place else ["B137"])


@pytest.mark.parametrize(
    "text", ["“Tea”", "„Tee“", "‘Tea’", "«Thé»", "»Tee«", '"Tea"', "'Tea'", "“The tea act, as passed.”"]
)
def test_marks_around_a_whole_name_are_a_warning(text: str) -> None:
    assert codes(title=text, summary=text, owner=text, aliases=("tea act", text)) == [
        ("B138", ("title",)),
        ("B138", ("summary",)),
        ("B138", ("owner",)),
        ("B138", ("aliases", 1)),
    ]
    store = Vocabulary(sections={"legal": SectionMeta(title=text, aliases=(text,))})
    assert [each.at for each in check_store_texts(store)] == [
        ("sections", "legal", "title"),
        ("sections", "legal", "aliases", 0),
    ]


@pytest.mark.parametrize(
    "text", ["“Tea” and “coffee”", "the “tea” act", "“Tea” act", "Tea “act”", "’Tis tea’", "“", "'"]
)
def test_marks_around_a_part_are_none(text: str) -> None:
    assert codes(title=text) == []
