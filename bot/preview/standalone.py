"""A preview as one HTML file that needs nothing else, and has no script: for an artifact of a pull request."""

import re

from markupsafe import Markup

from bot.preview.drawing import Drawer, quiet_row
from bot.preview.page import file_text
from bot.preview.reading import Preview
from bot.preview.summary_html import Heard
from bot.render.document.html_text import join

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
QUIET_MAX = 30
"""Unchanged briefs that are in the file; of others it has the names."""


def standalone(preview: Preview, heard: Heard, drawer: Drawer) -> str:
    """The page as one file."""
    drawn = drawer.draw(preview, heard)
    some = dict(list(drawn.quiet.items())[:QUIET_MAX])
    rows = [quiet_row(view, drawer.quiet(slug, drawn) or Markup("")) for slug, view in some.items()]
    rows += [
        Markup("<li>{} <span class=file>{}.yaml</span></li>").format(view.title, slug)
        for slug, view in drawn.quiet.items()
        if slug not in some
    ]
    values = {**drawn.parts, "quiet": join(rows), "head": _head(), "live": "hidden"}
    return re.sub(r"{{(\w+)}}", lambda found: str(values.get(found[1], "")), file_text("preview.html"))


def _head() -> str:
    styles = "\n".join(file_text(name) for name in ("messages.css", "preview.css"))
    return f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n<style>\n{styles}</style>'
