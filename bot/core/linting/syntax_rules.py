"""Rules B101 to B112: whether a file can be read as one YAML document. Checked in bot/content."""

from bot.core.linting.rules import rule


@rule("B101")
def unreadable(reason: str) -> tuple[str, str]:
    """The file cannot be read: it is a directory, it is gone, or its permissions forbid it."""
    return f"cannot be read: {reason}", "make it a plain file that this process may read, or remove it"


@rule("B102")
def too_large(max_kib: int) -> tuple[str, str]:
    """The file is over 256 KiB. Nobody reads a brief that long; split it."""
    return f"is over {max_kib} KiB", "split it into several briefs"


@rule("B103")
def not_utf8(byte: int) -> tuple[str, str]:
    """The file is not UTF-8, or it begins with a byte order mark. UTF-16 files are the usual cause."""
    return f"byte 0x{byte:02X} is not UTF-8 text here", "save the file as UTF-8 without a byte order mark"


@rule("B104")
def forbidden_character(codepoint: int) -> tuple[str, str]:
    """A tab, a control character or a bidirectional mark. They are invisible, and some of them change what readers see;
    a dash pasted from an old word processor (U+0096) is the usual cause."""
    name = "a tab" if codepoint == 0x09 else f"the invisible character U+{codepoint:04X}"
    return f"{name} is not allowed", "indent with spaces" if codepoint == 0x09 else "delete it, or type what was meant"


@rule("B105")
def not_yaml(reason: str, hint: str | None = None) -> tuple[str, str]:
    """The text is not YAML, and what follows this place could not be read. Most often a text needs quotation marks: it
    holds a colon and a blank, or begins with one of `@`, `%`, `&`, `*`, `!`, `[`, `{` or a backtick."""
    return f"is not YAML: {reason}", hint or "look at the quotes, colons and indentation just before this place"


@rule("B106")
def not_one_document(actual: str) -> tuple[str, str]:
    """A brief file holds exactly one YAML document, and that is a mapping."""
    return f"one document with a mapping is expected, not {actual}", "begin with `title:`; split further documents off"


@rule("B107")
def duplicate_key(key: str) -> tuple[str, str]:
    """A key stands twice in one mapping. Most YAML readers silently keep the last one and lose the first."""
    return f'"{key}" stands twice in this mapping', "rename or remove one of the two"


@rule("B108")
def anchor_or_alias(what: str) -> tuple[str, str]:
    """Anchors (`&x`), aliases (`*x`) and merge keys (`<<`) are not allowed: each value stands where it is used.
    A text that begins with `&` or `*` needs quotes."""
    return f"{what} is not allowed", "write the value out, or put the text in quotes"


@rule("B109")
def tag(name: str) -> tuple[str, str]:
    """YAML tags (`!something`) are not allowed: every value is text. A text that begins with `!` needs quotes."""
    return f'the tag "{name}" is not allowed', "remove it, or put the text in quotes"


@rule("B110")
def too_deep(max_depth: int) -> tuple[str, str]:
    """Values are nested more than 20 deep; no brief needs that."""
    return f"nested more than {max_depth} deep", "check the brackets and the indentation"


@rule("B111")
def complex_key() -> tuple[str, str]:
    """A key is itself a list or a mapping; keys are plain words."""
    return "a key must be a plain word", "remove the brackets or the `?`; put text with a colon in quotes"


@rule("B112")
def too_many(max_problems: int) -> tuple[str, str]:
    """The file has more problems than one run reports. Most often they have one cause."""
    return f"more than {max_problems} problems; the others are not named", "fix these, and check again"
