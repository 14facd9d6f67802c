"""Which characters a text may hold."""

import sys
import unicodedata

import pytest

from bot.core.linting.characters import describe, refused, remedy
from bot.core.linting.echo import echo

# Default_Ignorable_Code_Point of DerivedCoreProperties.txt.
DEFAULT_IGNORABLE = [
    *(0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), *range(0x200B, 0x2010)),
    *(*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x3164, *range(0xFE00, 0xFE10), 0xFEFF, 0xFFA0),
    *(*range(0xFFF0, 0xFFF9), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B), *range(0xE0000, 0xE1000)),
]


def at(text: str) -> list[int]:
    return list(refused(text))


def test_between_latin_letters_nothing_invisible_passes() -> None:
    assert [hex(point) for point in DEFAULT_IGNORABLE if at(f"a{chr(point)}b") != [1]] == []


def test_what_is_refused_between_latin_letters_is_what_has_no_shape_of_its_own() -> None:
    """All but the large blocks of the first plane, and of those and the other planes a sample."""
    visible = {
        "\n",
        *map(
            chr, (*range(0x1F000, 0x1FB00), *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)
        ),
    }
    blank = {*map(chr, (*DEFAULT_IGNORABLE, 0x2800, 0xFFFC, 0xFFFD, 0x16FE4, 0x1D159))}
    first_plane = (*range(0x3400), *range(0x3400, 0xF900, 17), *range(0xF900, 0x10000))
    for char in map(chr, (*first_plane, *range(0x10000, sys.maxunicode, 61))):
        shapeless = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
        assert bool(at(f"a{char}b")) == (char in blank or (shapeless and char not in visible)), describe(char)


@pytest.mark.parametrize(
    "text",
    [
        "naïve “quotes” – and—dashes…\u00a0%\u202f€\u2009×\u3000全角\nnext line",
        "می\u200cخواهم",  # Persian prefix
        "CD\u200cها",  # Persian plural of a Latin word
        "ه\u200d",  # Persian abbreviation
        "क्\u200dष",  # Devanagari half form
        "अवन്\u200d",  # Malayalam chillu at the end of a word
        "র\u200d্য",  # Bengali
        "ᠮᠣᠩᠭᠤᠯ\u180eᠠ",  # Mongolian vowel separator
        "ᠠ\u180bᠨ",  # Mongolian variation selector
        "葛\U000e0100城",  # a Japanese name
        "①\u20dd",
        "❤\ufe0f",
        "✌🏽",
        "👨\u200d👩\u200d👧\u200d👦",
        "🏳\ufe0f\u200d🌈",
        "👩🏾\u200d⚕\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland
        "1\ufe0f\u20e3",
        "☎\ufe0e",
        "\U0001fae8\U0001fadf",  # of Unicode 15 and 16
        "\u0601\u0661\u0662",
        "e\u0301",
        "הָאָ֫רֶץ",
    ],
)
def test_scripts_and_emoji_that_need_joiners_pass(text: str) -> None:
    assert at(text) == []


@pytest.mark.parametrize(
    ("text", "indices"),
    [
        ("a\u200db", [1]),
        ("\u200dm", [0]),
        ("می\u200c\u200cخواهم", [3]),
        ("می\u200c ", [2]),
        ("Auf\u200clage", [3]),
        ("❤\ufe0f\ufe0f", [2]),
        ("x" + "\ufe0f" * 3, [1, 2, 3]),
        ("1\ufe0f", [1]),
        ("𠮷\U000e0100\U000e0100", [2]),
        ("a\U000e0100", [1]),
        ("🏴" + "\U000e0067\U000e0062\U000e007f", [1, 2, 3]),
        ("x\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", [1, 2, 3, 4, 5, 6]),
        ("👨\u200d ", [1]),
        ("a\u200d👨", [1]),
        ("\u3164 \u2800", [0, 2]),
        ("a\tb\r\nc\x1b[0m", [1, 3, 6]),
        ("\ufdd0\ufffe\U0010ffff\ue000\u0378\ud800", [0, 1, 2, 3, 4, 5]),
        ("^]\\-\x00", [4]),
        ("\u2028^\u00ad]\u200b-", [0, 2, 4]),
    ],
)
def test_each_is_refused_at_its_index(text: str, indices: list[int]) -> None:
    assert at(text) == indices


@pytest.mark.parametrize(
    ("char", "description", "advice"),
    [
        ("\u202e", "U+202E (right-to-left override)", "delete it"),
        ("\u200b", "U+200B (zero width space)", "delete it"),
        ("\t", "U+0009 (tab)", "spaces instead of tabs"),
        ("\0", "U+0000 (null)", "delete it"),
        ("\x1b", "U+001B (escape)", "delete it"),
        ("\x7f", "U+007F (delete)", "delete it"),
        ("\x85", "U+0085 (next line)", 'type "…"'),
        ("\x96", "U+0096 (start of guarded area)", 'type "–"'),
        ("\x9f", "U+009F (application program command)", 'type "Ÿ"'),
        ("\x81", "U+0081 (high octet preset)", "delete it"),
        ("\ufeff", "U+FEFF (byte order mark)", "two files were joined"),
        ("\r", "U+000D (carriage return)", "old Mac line ends"),
        ("\u2028", "U+2028 (line separator)", "break the line"),
        ("\ufffd", "U+FFFD (replacement character)", "a character was lost"),
        ("\ue000", "U+E000 (private use)", "font"),
        ("\ufffe", "U+FFFE (not a character)", "type what was meant"),
        ("\u0378", f"U+0378 (unknown in Unicode {unicodedata.unidata_version})", "type what was meant"),
        ("\U000e0041", "U+E0041 (tag latin capital letter a)", "delete it"),
    ],
)
def test_code_point_name_and_what_to_do(char: str, description: str, advice: str) -> None:
    assert describe(char) == description
    assert advice in remedy(char)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("x" * 41, "x" * 39 + "…"),
        ("a\n::error::b\r\x1b[2J\u202e", "a\\n::error::b\\r\\x1b[2J\\u202e"),
        ("\U000e0041 é “👨\u200d👩”", "\\U000e0041 é “👨\u200d👩”"),
    ],
)
def test_an_echo_is_one_short_line_that_shows_what_is_hidden(text: str, shown: str) -> None:
    assert echo(text) == shown
