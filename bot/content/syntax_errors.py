"""What a syntax error of the YAML parser most likely comes from, and where it is to be mended.

The parser says where it gave up, often a line or more behind the mistake; the lines around that place tell more.
"""

import re
from collections.abc import Callable

from bot.content import colon_errors, column_errors, stranded_lines
from bot.content.keys import ANY_KEY, KEYS
from bot.content.parser_failure import Failure, failure_of, position
from bot.core.linting import syntax_rules
from bot.core.linting.diagnostic import FilePosition, Problem
from bot.core.linting.echo import echo


def explain(text: str) -> Problem | None:
    """The problem that keeps a text from being YAML. None if it is YAML. Raises: YAMLError for an error without a
    place."""
    failure = failure_of(text)
    if not failure:
        return None
    for cause in (*_BY_PROBLEM.get(failure.problem, ()), *_BY_CONTEXT.get(failure.context, ())):
        if problem := cause(failure):
            return problem
    return syntax_rules.not_yaml(failure.at, _PLAIN_WORDS.get(failure.problem) or failure.problem)


_PLAIN_WORDS = {
    "did not find expected key": "a key should begin here",
    "did not find expected '-' indicator": "an entry of the list above, or a key further left, should begin here",
    "could not find expected ':'": "a key without its colon ends here",
    "did not find expected <document start>": "the lines above are a document of their own, without keys",
    "found unexpected ':'": "a colon stands where no key is",
}


def _ended_too_early(failure: Failure) -> Problem | None:
    """A quotation mark within a text in quotes, or a bracket within a text that begins with one."""
    last = failure.last
    if (
        last is None
        or position(last.end_mark).line != failure.at.line
        or last.end_mark.column == last.start_mark.column
    ):
        return None
    if "flow" in failure.context and failure.rest(failure.at)[:1] in ("'", '"'):
        return None
    if failure.rest(failure.at).strip() in (",", ";"):
        return syntax_rules.not_yaml(failure.at, "a key and its value end with the line", "remove this mark")
    if failure.scalar and failure.scalar.style in ("'", '"'):
        return _quotes_ended(failure, failure.scalar.style)
    if failure.text[failure.at.line - 1][last.end_mark.column - 1 : last.end_mark.column] in ("]", "}"):
        return syntax_rules.not_yaml(
            failure.at, "the list ended at the bracket before this", "put a text that begins with a bracket in quotes"
        )
    return None


_WITHIN_QUOTES = {
    "'": "within the text write `''` for it, or put the whole text in the other kind, `\"`",
    '"': "within the text write `\\\"` for it, or put the whole text in the other kind, `'`",
}


def _quotes_ended(failure: Failure, mark: str) -> Problem:
    start = position(failure.last.start_mark)
    swallowed = (failure.line(number) for number in range(start.line + 1, failure.at.line + 1))
    if any(line and (line.key in KEYS or line.has_dash) for line in swallowed):
        return syntax_rules.not_yaml(
            start,
            f"this quotation mark is closed only in line {failure.at.line}, where another text begins",
            "add the closing mark at the end of its own text",
        )
    return syntax_rules.not_yaml(failure.at, f"the text ended at the mark `{mark}` before this", _WITHIN_QUOTES[mark])


def _colon_in_text(failure: Failure) -> Problem | None:
    if failure.rest(failure.start).startswith(tuple("“„«‘‚‹")):
        return syntax_rules.not_yaml(
            failure.at,
            "the text has a colon and a blank here, and typographic quotation marks are part of a text",
            "put `'` before and behind the whole text",
        )
    hint = "put the text in quotes"
    if key := _KEY_WITHIN.search(failure.text[failure.at.line - 1][: failure.at.column - 1]):
        hint += f', or "{key[1]}" on a line of its own'
    return syntax_rules.not_yaml(failure.at, "the text has a colon and a blank here", hint)


_KEY_WITHIN = re.compile(rf"[ ,;]({ANY_KEY})$")


def _not_closed(failure: Failure) -> Problem:
    """A list or mapping in brackets; where it ends in its own line something is wrong within it."""
    bracket, name = ("]", "bracket") if "sequence" in failure.context else ("}", "brace")
    if failure.at.line > failure.start.line:
        return syntax_rules.not_yaml(
            failure.start, f"this {name} is never closed", f"add the `{bracket}`, or put the text in quotes"
        )
    return syntax_rules.not_yaml(
        failure.at, f"a comma or `{bracket}` is missing before this", "add it, or put the text in quotes"
    )


def _first_character(failure: Failure) -> Problem | None:
    rest = failure.rest(failure.at)
    if not rest or rest[0].isalnum():
        return None
    if rest.startswith("```"):
        return syntax_rules.not_yaml(failure.at, "this is a fence of Markdown", "remove it: the whole file is YAML")
    if rest[:1] in "]},":
        return syntax_rules.not_yaml(
            failure.at, f'nothing stands before this "{rest[0]}"', "remove it, or put the text in quotes"
        )
    hint = "put the text in quotes"
    if rest[0] == "-":
        hint += "; the entries of a list stand on lines of their own"
    return syntax_rules.not_yaml(failure.at, f'a text cannot begin with this character, "{rest[0]}"', hint)


def _sign_first(failure: Failure) -> Problem:
    """`*` and `&` at the beginning of a text, which are aliases and anchors for YAML, and `!`."""
    sign = failure.rest(failure.start)[:1]
    return syntax_rules.not_yaml(
        failure.start, f'a text cannot begin with this character, "{sign}"', "put the text in quotes"
    )


def _block_header(failure: Failure) -> Problem:
    sign = failure.rest(failure.start)[:1]
    return syntax_rules.not_yaml(
        failure.start,
        f'a text cannot begin with this character, "{sign}"',
        f"put the text in quotes; behind `{sign}` alone it begins on the next line",
    )


_PAIR = re.compile(r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_CODE = re.compile(r"\\[uUx](?:\+|\{)?([0-9a-fA-F]{2,6})")


def _escape(failure: Failure) -> Problem:
    """A backslash in double quotes that is no escape of YAML."""
    line = failure.text[failure.at.line - 1]
    index = line.rfind("\\", 0, failure.at.column)
    at = FilePosition(failure.at.line, max(index, 0) + 1)
    if match := _PAIR.match(line, index):
        char = (bytes.fromhex(match[1]) + bytes.fromhex(match[2])).decode("utf-16-be")
        reason = "one character is written here as two escapes, as in JSON"
        return syntax_rules.not_yaml(at, reason, f"write {char} itself, or `\\U{ord(char):08X}`")
    if (
        (match := _CODE.match(line, index))
        and (point := int(match[1], 16)) <= 0x10FFFF
        and not 0xD800 <= point < 0xE000
    ):
        reason = f"`{echo(match[0])}` is no escape"
        return syntax_rules.not_yaml(
            at, reason, f"write the character itself, or `\\U{point:08X}`; `\\\\` is a backslash"
        )
    return syntax_rules.not_yaml(
        at, f"`{echo(line[index : index + 2])}` is no escape", "write `\\\\` for a backslash, or put the text in `'`"
    )


def _no_key(failure: Failure) -> Problem | None:
    if failure.rest(failure.at)[:1] != ":":
        return None
    return syntax_rules.not_yaml(failure.at, "no key stands before this colon", "add the key, or remove the colon")


def _never_closed(failure: Failure) -> Problem:
    return syntax_rules.not_yaml(failure.start, "this quotation mark is never closed", "add the closing mark")


def _foreign_comment(failure: Failure) -> Problem | None:
    if not re.match(r"//|/\*|--|<!--|;", failure.rest(failure.start)):
        return None
    return syntax_rules.not_yaml(failure.start, "this line has no key", "begin comments with `#`")


def _document_end(failure: Failure) -> Problem | None:
    if failure.at.line < 2 or failure.text[failure.at.line - 2].strip() != "...":
        return None
    return syntax_rules.not_yaml(FilePosition(failure.at.line - 1, 1), "`...` ends the file here", "remove this line")


def _directive(failure: Failure) -> Problem:
    at = FilePosition(failure.at.line, 1)
    return syntax_rules.not_yaml(at, 'a line cannot begin with "%"', "remove this line, or put the text in quotes")


Cause = Callable[[Failure], Problem | None]

_BY_PROBLEM: dict[str, tuple[Cause, ...]] = {
    "mapping values are not allowed in this context": (
        colon_errors.missing_blank,
        colon_errors.missing_colon,
        column_errors.key_too_deep,
        colon_errors.line_without_key,
        _colon_in_text,
    ),
    "could not find expected ':'": (
        colon_errors.missing_blank,
        colon_errors.missing_colon,
        _foreign_comment,
        colon_errors.text_at_the_margin,
        colon_errors.line_without_key,
    ),
    "did not find expected key": (
        _ended_too_early,
        _no_key,
        column_errors.narrower_block,
        colon_errors.stray_text,
        stranded_lines.commented_parent,
        stranded_lines.stranded_key,
        column_errors.misplaced_dash,
        column_errors.first_name_out_of_column,
        column_errors.key_out_of_column,
    ),
    "did not find expected '-' indicator": (
        _ended_too_early,
        colon_errors.stray_text,
        stranded_lines.commented_parent,
        stranded_lines.stranded_key,
        column_errors.misplaced_dash,
        column_errors.key_in_list,
    ),
    "did not find expected ',' or ']'": (_ended_too_early, _not_closed),
    "did not find expected ',' or '}'": (_ended_too_early, _not_closed),
    "did not find expected <document start>": (column_errors.indented_top, _document_end),
    "found character that cannot start any token": (_first_character,),
    "did not find expected node content": (_first_character,),
    "block sequence entries are not allowed in this context": (_first_character,),
    "mapping keys are not allowed in this context": (_first_character,),
    "found invalid Unicode character escape code": (_escape,),
    "did not find expected hexdecimal number": (_escape,),
    "found unknown escape character": (_escape,),
    "found incompatible YAML document": (_directive,),
}
_BY_CONTEXT: dict[str, tuple[Cause, ...]] = {
    "while scanning a quoted scalar": (_never_closed,),
    "while scanning a block scalar": (_block_header,),
    "while scanning an alias": (_sign_first,),
    "while scanning an anchor": (_sign_first,),
    "while scanning a tag": (_sign_first,),
    "while scanning a directive": (_directive,),
}
