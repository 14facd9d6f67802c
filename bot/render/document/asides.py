"""Asides: what blocks show and `text` may leave out, for notifications and screen readers hear the answer first."""

from dataclasses import replace

from bot.render.document.document import Actions, Document, Part, Passage, Quotation


def without_asides(document: Document) -> Document:
    """The document without passages and quotations that are asides, and without what is typed instead of controls."""
    return tuple(part for part in map(_without, document) if part is not None)


def _without(part: Part) -> Part | None:
    match part:
        case Passage(aside=True):
            return None
        case Passage(parts) if any(isinstance(each, Quotation) and each.aside for each in parts):
            return replace(part, parts=tuple(p for p in parts if not (isinstance(p, Quotation) and p.aside)))
        case Actions(controls=[_, *_]):
            return replace(part, typed=())
    return part
