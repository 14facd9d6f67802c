"""The sources of a brief as CSL-JSON, which reference managers and citeproc read.

Source: csl-data.json of CSL 1.0.2, citationstyles.org; pinned in tests/render/export/test_csl_json.py.
"""

from collections.abc import Mapping
from typing import Any

from bot.core.answers.answer import Citation
from bot.core.answers.extract import Extract
from bot.core.briefs.brief import Source, SourceKind

TYPES: Mapping[SourceKind, str] = {
    "news": "article-newspaper",
    "law": "legislation",
    "court": "legal_case",
    # What else they are, a report, a release, a handbook, a brief does not say: a page that was read.
    "government": "webpage",
    "intergovernmental": "webpage",
    "ngo": "webpage",
    "comment": "webpage",
    "reference": "webpage",
}

PUBLISHER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "article-newspaper": ("container-title",),
    "legal_case": ("authority", "publisher"),
    "legislation": ("publisher",),
    "webpage": ("container-title",),
}
"""Where a publisher stands, by the type of the item."""


def csl_items(extract: Extract) -> list[dict[str, Any]]:
    """One item a cited source, in the order of its number. What the brief does not know is left out, as is the day on
    which somebody read the page."""
    return [_item(each) for each in extract.sources]


def _item(citation: Citation) -> dict[str, Any]:
    source = citation.source
    # A draft may lack kind, publisher and address.
    type_ = TYPES[source.kind or "reference"]
    publisher = dict.fromkeys(PUBLISHER_FIELDS[type_], source.publisher or None)
    item = {
        "id": f"{citation.brief}/{citation.source_id}",
        "type": type_,
        "title": source.title,
        # One text: who of several has which family name, a brief does not say.
        "author": [{"literal": source.author}] if source.author else None,
        **publisher,
        "issued": {"date-parts": [_date_parts(source.date)]} if source.date else None,
        "URL": source.url or None,
        "language": source.language,
        "note": _note(source),
    }
    return {name: value for name, value in item.items() if value is not None}


def _date_parts(date: str) -> list[int]:
    return [int(part) for part in date.split("-")]


def _note(source: Source) -> str | None:
    """What CSL has no field for."""
    parts = (
        f"via {source.via}" if source.via else None,
        f"date: {source.date_note}" if source.date_note else None,
        source.note,
        f"archived copy: {source.archive_url}" if source.archive_url else None,
    )
    return "; ".join(filter(None, parts)) or None
