"""Block Kit as Slack checks it: the findings for which it would refuse the blocks of a message, or a view.

Where sources disagree the stricter one is used, so that what passes here passes at Slack.
"""

from bot.workspace.blockkit.blocks import BLOCKS_MAX, SURFACES, Surface
from bot.workspace.blockkit.finding import Finding
from bot.workspace.blockkit.payload import across, in_message
from bot.workspace.blockkit.shape import Items
from bot.workspace.blockkit.views import VIEWS, too_large

__all__ = ["Finding", "validate_blocks", "validate_view"]


def validate_blocks(blocks: object, surface: Surface = "message") -> list[Finding]:
    """The findings of an array of blocks, empty where Slack would take it; pointers begin at the array. Does not raise
    for a JSON value."""
    findings = list(Items(SURFACES[surface], 0, BLOCKS_MAX[surface]).check(blocks, ""))
    if isinstance(blocks, list):
        findings += [*across(blocks, ""), *(in_message(blocks) if surface == "message" else ())]
    return findings


def validate_view(view: object) -> list[Finding]:
    """The findings of a modal or Home tab, empty where Slack would take it; pointers begin at the view. Does not raise
    for a JSON value."""
    blocks = view.get("blocks") if isinstance(view, dict) else None
    rest = across(blocks, "/blocks") if isinstance(blocks, list) else ()
    return [*VIEWS.check(view, ""), *rest, *too_large(view)]
