"""Pasted text comes in many encodings; what is none is refused."""

import pytest

from bot.content.pasted_file import MAX_BYTES, text_of
from bot.errors import SettingsError

TEXT = "The café “closed” – so they said."


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("utf-32-le", "UTF-32-LE"),
        ("utf-32-be", "UTF-32-BE"),
        ("cp1252", "Windows-1252 (Latin-1)"),
    ],
)
def test_the_encoding_is_found_and_said_unless_it_is_utf_8(encoding: str, said: str) -> None:
    assert text_of(TEXT.encode(encoding), "x") == (TEXT, said)


def test_a_text_in_utf_8_with_a_lost_zero_stays_one() -> None:
    text = "The boat \0\0left at 3 p.m. and nobody knows."
    assert text_of(text.encode(), "x") == (text, "")


@pytest.mark.parametrize("text", ["第一句。 第二句。", "Это не то.\n", "هذا هو.\n", "Ā Ā\n", "A 👍."])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_texts_of_any_script_need_no_byte_order_mark(text: str, encoding: str) -> None:
    assert text_of(text.encode(encoding), "x") == (text, encoding.upper())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "x holds no word; paste the text of the brief into it"),
        (b" \n\t--\n", "x holds no word; "),
        (b"a" * (MAX_BYTES + 1), "x is over 256 KiB, and so would the brief be; import it in parts"),
        (b"%PDF-1.7\n\x00\x01\x02\x03\xff\xfe", "x is no text in UTF-8; save it as text, in UTF-8"),
        ("Это не UTF-8".encode("cp1251"), "x is no text in UTF-8; "),
        ("第一句。".encode("gb18030"), "x is no text in UTF-8; "),
        (b"caf\xe9 \x81", "x is no text in UTF-8; "),
        (TEXT.encode("utf-16-le")[1:], "x is no text in UTF-8; "),
        (bytes(range(256)) * 4, "x is no text in UTF-8; "),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "x is no text in UTF-8; "),
        (b"\xff\xfea", "x is no text in UTF-8; "),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, reason: str) -> None:
    with pytest.raises(SettingsError) as error:
        text_of(data, "x")
    assert str(error.value).startswith(reason)
