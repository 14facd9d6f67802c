"""What a delivery is about, under the names that briefs have now."""

from dataclasses import replace

from bot.core.delivery.content import ChangePost, ChangeSummary, DeliveryContent, ThreadParent, ThreadParentEdit
from bot.store.store import Transaction


def current_content(tx: Transaction, content: DeliveryContent) -> DeliveryContent:
    """The content of a delivery with the slugs of now, of briefs that were renamed since the delivery was added."""
    if isinstance(content, ChangeSummary):
        return replace(content, starts=tx.renames.current_starts(content.starts, content.publication))
    if not isinstance(content, ChangePost | ThreadParent | ThreadParentEdit):
        return content
    return replace(content, slug=tx.renames.current_slug(content.slug, content.publication))
