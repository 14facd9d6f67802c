"""The problems of a brief as HTML, each with its line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from markupsafe import Markup

from bot.core.linting.diagnostic import Diagnostic
from bot.preview.places import SourceLine, excerpt
from bot.render.document.html_text import join
from bot.render.document.phrases import count


def problem_list(problems: Iterable[Diagnostic], texts: Mapping[str, str]) -> Markup:
    """A list of problems, what is only information folded away; empty without any. `texts` are those of files, by the
    stem of the path."""
    every = list(problems)
    wrong = _list((each for each in every if each.severity != "info"), texts)
    notes = [each for each in every if each.severity == "info"]
    if not notes:
        return wrong
    fold = Markup("<details class=notes data-fold=notes><summary>{}</summary>{}</details>")
    return wrong + fold.format(count(len(notes), "note"), _list(notes, texts))


def counted(problems: Iterable[Diagnostic]) -> list[str]:
    """`2 errors`, `1 warning`, as far as there are any."""
    numbers = Counter(each.severity for each in problems)
    return [count(numbers[severity], severity) for severity in ("error", "warning") if numbers[severity]]


def _list(problems: Iterable[Diagnostic], texts: Mapping[str, str]) -> Markup:
    rows = join(_problem(each, texts.get(PurePath(each.path).stem, "")) for each in problems)
    return Markup("<ul class=problems>{}</ul>").format(rows) if rows else Markup("")


def _problem(problem: Diagnostic, text: str) -> Markup:
    place = f"{problem.path}:{problem.line}:{problem.column}"
    return Markup("<li class={}><p><b>{} {}</b> {}; {}</p><p class=place>{}</p>{}</li>").format(
        problem.severity,
        problem.severity.title(),
        problem.code,
        problem.message,
        problem.hint,
        place,
        _lines(excerpt(text, problem)),
    )


def _lines(lines: Iterable[SourceLine]) -> Markup:
    rows = join(_line(each) for each in lines)
    return Markup("<pre class=source>{}</pre>").format(rows) if rows else Markup("")


def _line(line: SourceLine) -> Markup:
    number = Markup("<span class=number>{}</span>").format(line.number)
    if line.column is None:
        return Markup("<span class=line>{}{}\n</span>").format(number, line.text)
    before, after = line.text[: line.column - 1], line.text[line.column - 1 :]
    return Markup('<span class="line at">{}{}<mark>{}</mark>{}\n</span>').format(
        number, before, after[:1] or " ", after[1:]
    )
