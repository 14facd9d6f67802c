"""Bytes that are not UTF-8, each named for what it is."""

import pytest

from bot.content import file_text
from bot.core.linting.diagnostic import START, FilePosition, Problem

TEXT = "title: Österreich\nsummary: “Das” – 日本\n"


def problem(data: bytes) -> tuple[FilePosition, str]:
    refusal = file_text.decode(data)
    assert isinstance(refusal, Problem)
    assert isinstance(refusal.at, FilePosition)
    assert refusal.code == "B103"
    return refusal.at, refusal.message


def test_a_byte_order_mark_at_the_beginning_is_not_part_of_the_text() -> None:
    assert file_text.decode(TEXT.encode("utf-8-sig")) == TEXT
    assert file_text.decode(b"\xef\xbb\xbf" * 2 + b"a") == "\ufeffa"


@pytest.mark.parametrize("text", [TEXT, "title: Обзор\nsummary: Это правда, и так далее.\nstatus: draft\n"])
@pytest.mark.parametrize("width", ["16", "32"])
@pytest.mark.parametrize("form", ["", "-le", "-be"])
def test_utf_16_and_utf_32_are_named(text: str, width: str, form: str) -> None:
    assert problem(text.encode(f"utf-{width}{form}")) == (START, f"the file is not UTF-8 text: this is UTF-{width}")


def test_big_endian_byte_order_marks_are_known() -> None:
    for width in ("16", "32"):
        assert problem(("\ufeff" + TEXT).encode(f"utf-{width}-be")) == (
            START,
            f"the file is not UTF-8 text: this is UTF-{width}",
        )


def test_a_few_zero_bytes_are_still_text() -> None:
    assert file_text.decode(b"title: a\0b") == "title: a\0b"


@pytest.mark.parametrize(
    ("data", "meaning"),
    [
        ("zwölf\nßß".encode() + b"\xff", 'byte 0xFF is "ÿ" in Windows-1252 (Latin-1)'),
        ("zwölf\nßß".encode() + b"\xe9tat", 'byte 0xE9 is "é" in Windows-1252 (Latin-1)'),
        ("zwölf\nßß".encode() + b"\x93yes\x94", 'byte 0x93 is "“" in Windows-1252 (Latin-1)'),
        ("zwölf\nßß".encode() + b"\x81", "byte 0x81 is part of no character"),
        ("zwölf\nßß".encode() + b"\xed\xa0\xbd", "byte 0xED is part of no character"),
        ("zwölf\nßß".encode() + b"\xc0\xaf", "byte 0xC0 is part of no character"),
        ("zwölf\nßß".encode() + b"\xe9\x01", "byte 0xE9 is part of no character"),
        (
            "zwölf\nßß".encode() + b"\xe2\x80",
            "the end of the file cuts off the character that begins with byte 0xE2",
        ),
    ],
)
def test_a_bad_byte_stands_at_its_character_with_what_it_may_mean(data: bytes, meaning: str) -> None:
    assert problem(data) == (FilePosition(2, 3), f"the file is not UTF-8 text: {meaning}")


def test_a_byte_order_mark_does_not_move_the_column_of_a_bad_byte() -> None:
    assert problem(b"\xef\xbb\xbfab\xff")[0] == FilePosition(1, 3)


def test_a_file_of_zeros_is_named() -> None:
    assert problem(b"\0" * 512) == (START, "the file is not UTF-8 text: nearly all bytes are zero, as after a crash")
