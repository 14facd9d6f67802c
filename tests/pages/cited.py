"""Brief files that quote the pages of a site."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Citation:
    """A claim's id, the quote that it rests on, and where that is. `source`: its id, that of the claim if None."""

    id: str
    quote: str
    url: str
    archive_url: str | None = None
    source: str | None = None


def write_brief(directory: Path, slug: str, citations: Iterable[Citation]) -> Path:
    """A brief with a claim and a source for each citation. JSON's texts are YAML's."""
    claims, sources = [], []
    for each in citations:
        evidence = f"[{{source: {each.source or each.id}, quote: {json.dumps(each.quote, ensure_ascii=False)}}}]"
        claims.append(f"      - {{id: {each.id}, text: In 2025 the board decided on {each.id}., evidence: {evidence}}}")
        copy = f", archive_url: {json.dumps(each.archive_url)}" if each.archive_url else ""
        sources.append(
            f"  {each.source or each.id}: {{publisher: Gazette, kind: news, url: {json.dumps(each.url)}{copy}}}"
        )
    path = directory / f"{slug}.yaml"
    path.write_text("\n".join([_HEAD, *claims, "sources:", *sources, _END]), encoding="utf-8")
    return path


_HEAD = """\
title: The ferries of 2025
summary: In 2025 the board cut the ferries.
status: published
as_of: 2025-06-01
owner: desk
sections:
  overview:
    claims:"""
_END = """\
changes:
  - {date: 2025-06-01, kind: new, note: First version.}
"""
