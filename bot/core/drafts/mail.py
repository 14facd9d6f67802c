"""What mails have that is no content: lines of a head, who wrote what is quoted, marks above forwarded mail."""

import re
from collections.abc import Sequence

GREETING_MAX_CHARS = 40
NAME_MAX_WORDS = 3
SIGNATURE_MAX_LINES = 6
SIGNATURE_MAX_CHARS = 72

_HEAD = re.compile(
    r"(from|to|cc|bcc|date|sent|subject|reply-to|message-id|von|an|gesendet|betreff|datum|de|para|enviado|asunto|fecha)"
    r"\s?:(?:\s(.*)|)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?…][\"'”’»)]*$")
_HOUR = re.compile(r"[ap]\.\s?m\.$", re.IGNORECASE)
_WROTE = re.compile(r"(.{1,200}?)\b(?:wrote|writes|schrieb|escribió|a écrit)\b(.{0,80}?)\s?[:：]", re.IGNORECASE)
_SENT = re.compile(r"[<@]|\d{1,2}:\d\d")
_SMALL = re.compile(r"(?<!\w)(?:at|on|um|uhr|am|pm|a|às|à|las|de|den|del|el|le|via|of|von|van|der|[a-z]{3,4}\.)(?!\w)")
"""Words without a capital that may stand between a day and a name."""
_ADDRESS = re.compile(r"<[^<>]*>|\S+@\S+")
_FORWARDED = re.compile(
    r"(?:-{3,}|_{3,})\s*(?:original|forwarded|ursprüngliche|weitergeleitete|mensaje|message)\b[\w\s-]{0,30}"
    r"|begin forwarded message:",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:subject|betreff|asunto)\s?:\s*(?:(?:re|fwd?|aw|wg|rv)\s?:\s*)*(.+)", re.IGNORECASE)

_OPENERS = frozenset(
    """dear hi hello hey good hallo moin liebe lieber liebes sehr guten hola estimado estimada estimados querido querida
    queridos buenos buenas bonjour cher chère chers""".split()
)
_COMPANIONS = frozenset(
    """all both everyone everybody team colleagues friends readers members neighbours editor editors sir madam there and
    or morning afternoon evening day und geehrte geehrter alle zusammen morgen tag abend y todos todas días tardes et à
    tous""".split()
)
_CLOSERS = frozenset(
    """regards wishes thanks thank cheers sincerely faithfully truly best yours greetings respectfully cordially grüße
    grüßen gruß saludo saludos atentamente cordialement""".split()
)
_FILLERS = frozenset(
    """with all my our many very kind kindest warm warmest your you again in advance and ever mit freundlichen
    freundlichem besten herzlichen lieben liebe viele schöne un cordial cordiales bien""".split()
)


def is_head(line: str) -> bool:
    """Whether a line may be of the head of a mail; it is if the one before or behind it is too. What ends as a sentence
    is one, unless it stands where subjects do."""
    match = _HEAD.fullmatch(line)
    if not match:
        return False
    return bool(_SUBJECT.match(line)) or not _is_sentence(match[2] or "")


def _is_sentence(text: str) -> bool:
    """Names and days have capitals; a sentence has other words too."""
    is_ended = _ENDED.search(text) is not None and not _HOUR.search(text)
    return is_ended and "@" not in text and any(word[0].islower() for word in text.split())


def is_remark(text: str) -> bool:
    """Whether a paragraph says who wrote what is quoted below, that a mail was forwarded, or greets somebody."""
    return _is_greeting(text) or _is_attribution(text) or _FORWARDED.fullmatch(text) is not None


def _is_greeting(text: str) -> bool:
    """A greeting, a closing or a name in front of a comma; other words make it a sentence that goes on elsewhere."""
    if len(text) > GREETING_MAX_CHARS or not text.endswith(","):
        return False
    words = [word.strip(",.") for word in text.split()]
    folded = {word.casefold() for word in words}
    if folded <= _CLOSERS | _FILLERS and folded & _CLOSERS:
        return True
    is_opener = words[0].casefold() in _OPENERS
    named = words[1:] if is_opener else words
    is_name = all(word[:1].isupper() or (is_opener and word in _COMPANIONS) for word in named)
    return is_name and (is_opener or len(words) <= NAME_MAX_WORDS)


def _is_attribution(text: str) -> bool:
    """A day, an hour or an address, and a name, in front of who `wrote:`; any other word makes it a sentence."""
    match = _WROTE.fullmatch(text)
    if not (match and _SENT.search(text)):
        return False
    around = _SMALL.sub("", _ADDRESS.sub("", f"{match[1]} {match[2]}"))
    return not any(word[0].islower() for word in re.findall(r"[^\W\d_]+", around))


def is_signature(line: str) -> bool:
    """Whether what follows may be a signature."""
    return line == "--"


def may_sign(lines: Sequence[str]) -> bool:
    """Whether lines behind the mark of a signature are one: people also type it as a rule between paragraphs."""
    return len(lines) <= SIGNATURE_MAX_LINES and all(len(line) <= SIGNATURE_MAX_CHARS for line in lines)


def subject_of(line: str) -> str:
    """The subject in a line of the head, without `Re:`; empty for other lines."""
    match = _SUBJECT.fullmatch(line)
    return match[1] if match else ""
