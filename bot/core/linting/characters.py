"""Which characters a text may hold, and what the others are called.

Refused is what no reader sees and what some program acts on: controls, bidirectional marks, invisible characters and
blanks that look like letters to a program, private use, and code points without a meaning.
"""

import re
import unicodedata
from collections.abc import Iterator

_PLAIN = bytes(range(0x20, 0x7F)) + b"\n"


def _chars(ranges: str) -> frozenset[str]:
    bounds = (item.split("-") for item in ranges.split())
    return frozenset(chr(point) for ends in bounds for point in range(int(ends[0], 16), int(ends[-1], 16) + 1))


# Printable for Python, and yet nothing to see (Default_Ignorable_Code_Point, blank symbols); and U+FFFC and U+FFFD,
# which stand where a character was lost.
_INVISIBLE = _chars(
    "034F 115F-1160 17B4-17B5 180B-180D 180F 2800 3164 FE00-FE0F FFA0 FFFC-FFFD 16FE4 1D159 E0100-E01EF"
)
# Format characters of Arabic, Syriac and Kaithi that are visible: signs that span the digits behind them.
_NUMBER_SIGNS = _chars("0600-0605 06DD 070F 0890-0891 08E2 110BD 110CD")

# Scripts whose letters join or stack: Arabic to Sinhala, Myanmar, Khmer, Mongolian, and their neighbours.
_JOINING = (
    "\u0600-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\u1b00-\u1bff\ua840-\ua877\ua8e0-\uaaff\uabc0-\uabff"
    "\U00010d00-\U00010d3f\U00011000-\U00011fff\U0001e900-\U0001e95f"
)
_IDEOGRAPHS = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
# Source: emoji-variation-sequences.txt of Unicode 15, and whole blocks where most of a block is in it.
_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf\u23e9-\u23f3\u23f8-\u23fa\u24c2"
    "\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d"
    "\u3297\u3299\U0001f000-\U0001faff"
)


def _tags(word: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in word)


# Where a character that is refused elsewhere does what it is for; matched at its index.
_NEEDED = re.compile(
    "|".join(
        (
            # Joiners of letters, and the vowel separator of Mongolian.
            rf"\u200c(?<=[\w{_JOINING}].)(?=\u200c*[{_JOINING}])",
            rf"\u200d(?<=[{_JOINING}].)",
            r"\u180e(?<=[\u1820-\u18aa].)",
            # Emoji that are made of several, or of a sign that also has a form as text; keycaps.
            rf"\u200d(?<=[{_EMOJI}\ufe0f].)(?=[{_EMOJI}])",
            rf"[\ufe0e\ufe0f](?<=[{_EMOJI}].)",
            r"\ufe0f(?<=[#*0-9].)(?=\u20e3)",
            # Forms of ideographs, as in names, and of Mongolian letters.
            rf"[\ufe00-\ufe02\U000e0100-\U000e01ef](?<=[{_IDEOGRAPHS}].)",
            r"[\u180b-\u180d\u180f](?<=[\u1820-\u18aa].)",
            # The flags of England, Scotland and Wales: a black flag and the tags of their codes.
            rf"(?:{'|'.join(map(_tags, ('gbeng', 'gbsct', 'gbwls')))})\U000e007f(?<=\U0001f3f4.{{6}})",
        )
    ),
    re.DOTALL,
)


def refused(text: str) -> Iterator[int]:
    """The indices, in order, of the characters that no text may hold. A line feed may stand anywhere, blanks of any
    width too; a joiner or a variation selector only where it changes what is seen."""
    if text.isascii() and text.isprintable():
        return
    suspects = "".join(filter(is_suspect, rare(text)))
    end = 0
    for match in re.finditer(f"[{re.escape(suspects)}]", text) if suspects else ():
        needed = _NEEDED.match(text, match.start())
        if needed:
            end = needed.end()
        elif match.start() >= end:
            yield match.start()


def rare(text: str) -> set[str]:
    """The characters of a text that are neither printable ASCII nor line feeds."""
    # In C throughout, as every file passes here: what is left of 30 KB is a few hundred characters, of a dozen kinds.
    return set(text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass"))


def is_suspect(char: str) -> bool:
    """Whether a character is refused, if not everywhere, then in most places."""
    if char in _INVISIBLE:
        return True
    # Blocks of emoji: what this version of Unicode lacks is an emoji of the next one.
    is_visible = char.isprintable() or "\U0001f000" <= char <= "\U0001faff" or char in _NUMBER_SIGNS
    return not (is_visible or unicodedata.category(char) == "Zs")


def describe(char: str) -> str:
    """Code point and name of a character, such as `U+202E (right-to-left override)`."""
    point = ord(char)
    name = _CONTROLS.get(point) or unicodedata.name(char, "").lower() or _unnamed(char)
    return f"U+{point:04X} ({name})"


def describe_blank(char: str) -> str:
    """Name and code point of a blank of another width, such as `a no-break blank (U+00A0)`."""
    name = unicodedata.name(char).lower().replace("space", "blank")
    return f"{'an' if name[0] in 'aeio' else 'a'} {name} (U+{ord(char):04X})"


def _unnamed(char: str) -> str:
    point = ord(char)
    if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:
        return "not a character"
    category = unicodedata.category(char)
    return {"Co": "private use", "Cs": "half of a pair"}.get(
        category, f"unknown in Unicode {unicodedata.unidata_version}"
    )


def remedy(char: str) -> str:
    """What to do about a character that is refused."""
    point, category = ord(char), unicodedata.category(char)
    if 0x80 <= point <= 0x9F and (meant := bytes([point]).decode("cp1252", "ignore")):
        return f'type "{meant}", which this code is in Windows-1252, or what was meant'
    if char == "\r":
        return "these are old Mac line ends; save the file with those of Unix or Windows"
    if char == "\ufeff":
        return "delete it; editors write one at the beginning of a file, and here two files were joined"
    if char in _LINE_ENDS:
        return "break the line as any other, or write a blank"
    if char in "\ufffc\ufffd":
        return "a character was lost here when the text was copied; type what was meant"
    if category in ("Co", "Cn", "Cs"):
        return "type what was meant; nobody else's font has it"
    return "use spaces instead of tabs" if char == "\t" else "delete it; readers do not see it"


_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"

# Unicode gives controls no names; these are their aliases (NameAliases.txt).
_CONTROL_NAMES = (
    "null|start of heading|start of text|end of text|end of transmission|enquiry|acknowledge|bell|backspace|tab"
    "|line feed|line tabulation|form feed|carriage return|shift out|shift in|data link escape|device control one"
    "|device control two|device control three|device control four|negative acknowledge|synchronous idle"
    "|end of transmission block|cancel|end of medium|substitute|escape|information separator four"
    "|information separator three|information separator two|information separator one|delete|padding character"
    "|high octet preset|break permitted here|no break here|index|next line|start of selected area"
    "|end of selected area|character tabulation set|character tabulation with justification|line tabulation set"
    "|partial line forward|partial line backward|reverse line feed|single shift two|single shift three"
    "|device control string|private use one|private use two|set transmit state|cancel character|message waiting"
    "|start of guarded area|end of guarded area|start of string|single graphic character introducer"
    "|single character introducer|control sequence introducer|string terminator|operating system command"
    "|privacy message|application program command"
)
_CONTROLS = dict(zip((*range(0x20), *range(0x7F, 0xA0)), _CONTROL_NAMES.split("|"), strict=True)) | {
    0xFEFF: "byte order mark"
}
