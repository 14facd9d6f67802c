"""What mails have that is no content: lines of a head, who wrote what is quoted, marks above forwarded mail."""

import re

GREETING_MAX_CHARS = 40

_HEAD = re.compile(
    r"(?:from|to|cc|bcc|date|sent|subject|reply-to|message-id|von|an|gesendet|betreff|datum|de|para|enviado|asunto|fecha)"
    r"\s?:(?:\s.*|)",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r".{0,200}\b(?:wrote|writes|schrieb|escribió|a écrit)\b.{0,80}[:：]", re.IGNORECASE)
_SENT = re.compile(r"[<@]|\d{1,2}:\d\d")
_FORWARDED = re.compile(r"-{3,}\s*\w[\w\s]*-{3,}|begin forwarded message:", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:subject|betreff|asunto)\s?:\s*(?:(?:re|fwd?|aw|wg|rv)\s?:\s*)*(.+)", re.IGNORECASE)


def is_head(line: str) -> bool:
    """Whether a line may be of the head of a mail; it is if the one before or behind it is too."""
    return _HEAD.fullmatch(line) is not None


def is_remark(text: str) -> bool:
    """Whether a paragraph says who wrote what is quoted below, that a mail was forwarded, or greets somebody."""
    if len(text) <= GREETING_MAX_CHARS and text.endswith(","):
        return True
    return bool((_ATTRIBUTION.fullmatch(text) and _SENT.search(text)) or _FORWARDED.fullmatch(text))


def is_signature(line: str) -> bool:
    """Whether what follows is a signature."""
    return line == "--"


def subject_of(line: str) -> str:
    """The subject in a line of the head, without `Re:`; empty for other lines."""
    match = _SUBJECT.fullmatch(line)
    return match[1] if match else ""
