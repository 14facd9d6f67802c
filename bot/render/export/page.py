"""A brief as a page of its own: one file, without scripts, that loads nothing."""

import re
from collections.abc import Iterable

from markupsafe import Markup

from bot.core.answers.answer import Citation, Excerpt
from bot.core.answers.extract import Extract, ExtractSection
from bot.core.briefs.arrangement import STANDING_WORDS
from bot.render.document.document import Line, Link, Span, Text
from bot.render.document.html_text import join, tagged
from bot.render.document.phrases import sentence
from bot.render.export.markdown_text import one_line
from bot.render.export.page_style import STYLE
from bot.render.export.words import CAVEATS, LOOKED_FOR, UNSEEN, citation_words, head, runs
from bot.render.export.words import caveats as caveats_of

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Nothing is loaded and nothing runs, whatever stands in a brief."""

PAGE = Markup("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
{banner}<p class="meta">{head}</p>
<p>{summary}</p>
</header>
{nav}<main>
{sections}{caveats}{sources}</main>
</body>
</html>
""")


def page(extract: Extract) -> str:
    """The whole HTML document, in UTF-8."""
    # What a CI runner would take for an order, in the log of a job that prints the page.
    return _COLONS.sub(r"\1&#58;", _SIGNS.sub("&#35;", _document(extract)))


_SIGNS = re.compile(r"#(?=#\w*\[)")
_COLONS = re.compile(r"(?m)^([^\S\n]*):(?=:)")


def _document(extract: Extract) -> str:
    brief = extract.brief
    banner = Markup('<p class="banner">{}</p>\n').format(UNSEEN[brief.status]) if brief.status in UNSEEN else ""
    return str(
        PAGE.format(
            policy=POLICY,
            title=brief.title,
            style=Markup(STYLE),  # noqa: S704  a constant
            banner=banner,
            head=head(brief),
            summary=brief.summary,
            nav=_nav(extract.sections),
            sections=join(map(_section, extract.sections)),
            caveats=_caveats(caveats_of(extract)),
            sources=_sources(extract.sources),
        )
    )


def _nav(sections: Iterable[ExtractSection]) -> Markup:
    links = [Markup('<a href="#section-{}">{}</a>').format(each.key, each.title) for each in sections]
    return Markup("<nav>{}</nav>\n").format(Markup(" · ").join(links)) if len(links) > 1 else Markup()


def _section(section: ExtractSection) -> Markup:
    parts = (
        Markup("{}<ul>\n{}</ul>\n").format(_heading(run.title), join(map(_claim, run.excerpts)))
        for run in runs(section.excerpts)
    )
    head = Markup('<section id="section-{}">\n<h2>{}</h2>\n').format(section.key, section.title)
    return head + join(parts) + Markup("</section>\n")


def _heading(title: str) -> Markup:
    return Markup("<h3>{}</h3>\n").format(title) if title else Markup()


def _claim(excerpt: Excerpt) -> Markup:
    claim = excerpt.claim
    label = STANDING_WORDS[claim.standing]
    standing = Markup("<strong>{}:</strong> ").format(label) if label else ""
    marks = join(map(_mark, {(each.n, each.locator): each for each in excerpt.citations}.values()))
    unverified = claim.standing == "unverified"
    searched = Markup(" {}{}").format(LOOKED_FOR, marks) if unverified and marks else ""
    note = Markup('<p class="note">{}{}</p>\n').format(sentence(claim.note), searched) if claim.note else ""
    quotes = join(_quote(each) for each in excerpt.citations if each.quote)
    return Markup('<li id="claim-{}">{}{}{}\n{}{}</li>\n').format(
        claim.id, standing, claim.text, "" if unverified else marks, note, quotes
    )


def _mark(citation: Citation) -> Markup:
    place = f", {citation.locator}" if citation.locator else ""
    return Markup(' <a class="mark" href="#source-{0}">[{0}{1}]</a>').format(citation.n, place)


def _quote(citation: Citation) -> Markup:
    language = Markup(' lang="{}"').format(citation.source.language) if citation.source.language else ""
    cite = Markup(' cite="{}"').format(citation.source.url) if citation.source.url else ""
    return Markup("<blockquote{}{}>{}{}</blockquote>\n").format(
        cite, language, one_line(citation.quote or ""), _mark(citation)
    )


def _caveats(texts: Iterable[str]) -> Markup:
    items = join(tagged("li", Markup("{}").format(each)) + Markup("\n") for each in texts)
    return Markup("<section>\n<h2>{}</h2>\n<ul>\n{}</ul>\n</section>\n").format(CAVEATS, items) if items else Markup()


def _sources(sources: Iterable[Citation]) -> Markup:
    items = join(map(_source, sources))
    return (
        Markup('<section id="sources">\n<h2>Sources</h2>\n<ol>\n{}</ol>\n</section>\n').format(items)
        if items
        else items
    )


def _source(citation: Citation) -> Markup:
    return Markup('<li id="source-{0}" value="{0}">{1}</li>\n').format(citation.n, _line(citation_words(citation)))


def _line(line: Line) -> Markup:
    return join(map(_span, line))


def _span(span: Span) -> Markup:
    match span:
        case Link("", text):
            return Markup("{}").format(text)
        case Link(url, text):
            return Markup('<a href="{}" rel="noreferrer">{}</a>').format(url, text)
        case Text(text):
            return Markup("{}").format(text)
        case _:
            raise TypeError(f"a source has no {type(span).__name__}")
