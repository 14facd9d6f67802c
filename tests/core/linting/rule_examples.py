"""The examples on the pages of rules, and how they become whole files."""

import re
from dataclasses import dataclass
from textwrap import dedent, indent

BRIEF = """
title: The tea act of 1773
summary: The act let one company sell its tea in America; a town threw the tea into its harbour.
aliases: [tea act of 1773]
status: published
as_of: 2025-02-10
owner: desk
sections:
  legal:
    claims:
      - id: duty-stays
{claim}
  overview:
    claims:
      - id: chests-lost
        text: All of the tea of 1773 was lost.
        evidence:
          - {{source: gazette, quote: all of the tea was lost}}
          - {{source: journal, quote: the tea was lost}}
sources:
  gazette:
{source}
  journal: {{publisher: Journal, kind: news, url: https://example.org/journal}}
changes:
  -
{note}
"""
STORE = "sections:\n  legal: {title: Legal considerations}\n  overview: {title: Overview}\nlead: harbour\n"
PARTS = {
    "a claim": (
        "text: The duty on tea stayed in 1773.\nevidence: [{source: gazette, quote: the said duty shall be paid}]\n"
    ),
    "a source": "publisher: Gazette\nkind: news\nurl: https://example.org/gazette\n",
    "a change note": "date: 2025-02-10\nkind: new\nnote: First version.\n",
}

_PAGE = re.compile(
    r"^Wrong(?:, in (?P<place>.+))?:\n\n(?P<wrong>(?: {4}.*\n|\n)+)Right:\n\n(?P<right>(?: {4}.*\n?)+)", re.M
)


@dataclass(frozen=True)
class Example:
    """A wrong and a right piece of a file; `place`: the mapping that it stands in, a brief where there is None."""

    place: str | None
    wrong: str
    right: str


def example_on(page: str) -> Example | None:
    """The example on the page of a rule; None if there is none that is YAML."""
    match = _PAGE.search(page)
    return match and Example(match["place"], dedent(match["wrong"]), dedent(match["right"] + "\n"))


def files_with(place: str | None, piece: str) -> dict[str, str]:
    """The files of a store without a problem but for the piece in its place, by name."""
    parts = dict(PARTS)
    if place in parts:
        parts[place] = _merged(parts[place], piece)
    brief = _brief(parts)
    return {
        "tea-act.yaml": _merged(brief, piece) if place is None else brief,
        "harbour.yaml": _brief(PARTS).replace("tea act of 1773", "harbour of 1773"),
        "_store.yaml": _merged(STORE, piece) if place == "`_store.yaml`" else STORE,
    }


def _brief(parts: dict[str, str]) -> str:
    claim, source, note = (indent(part, " " * n).rstrip() for part, n in zip(parts.values(), (8, 4, 4), strict=True))
    brief = BRIEF.format(claim=claim, source=source, note=note).lstrip()
    if own_id := re.search(r"^id:.*\n", parts["a claim"], re.M):
        brief = brief.replace("id: duty-stays\n", own_id[0]).replace(indent(own_id[0], " " * 8), "")
    return brief


def _merged(whole: str, piece: str) -> str:
    """The text with the keys of a piece in place of its own; below `sections` and `sources` key by key."""
    ours, theirs = _keys(whole), _keys(piece)
    for key, text in theirs.items():
        if key in ("sections", "sources") and key in ours and text.count("\n") > 1:
            (head, below), (_, own) = text.split("\n", 1), ours[key].split("\n", 1)
            ours[key] = f"{head}\n{indent(_merged(dedent(own), dedent(below)), '  ')}"
        else:
            ours[key] = text
    return "".join(ours.values())


def _keys(text: str) -> dict[str, str]:
    """The top-level keys of a text with all of their lines; a key that stands twice has both."""
    blocks = re.findall(r"^\S.*\n(?:[ \t].*\n|\n)*", text, re.M)
    keys: dict[str, str] = {}
    for block in blocks:
        key = block.split(":")[0]
        keys[key] = keys.get(key, "") + block
    return keys
