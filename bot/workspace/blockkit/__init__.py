"""Block Kit as Slack checks it: what it would refuse in the blocks of a message, and in a view.

Where sources disagree the stricter one holds, so that what passes here passes at Slack.
"""

from bot.workspace.blockkit.blocks import BLOCKS_MAX, SURFACES, Surface
from bot.workspace.blockkit.finding import Finding
from bot.workspace.blockkit.payload import across, in_message
from bot.workspace.blockkit.shape import Items
from bot.workspace.blockkit.views import VIEWS, too_large

__all__ = ["Finding", "validate_blocks", "validate_view"]


def validate_blocks(blocks: object, surface: Surface = "message") -> list[Finding]:
    """What Slack would refuse in an array of blocks; pointers begin at the array. Never raises for a JSON value."""
    findings = list(Items(SURFACES[surface], 0, BLOCKS_MAX[surface]).check(blocks, ""))
    if isinstance(blocks, list):
        findings += [*across(blocks, ""), *(in_message(blocks) if surface == "message" else ())]
    return findings


def validate_view(view: object) -> list[Finding]:
    """What Slack would refuse in a modal or Home tab; pointers begin at the view. Never raises for a JSON value."""
    blocks = view.get("blocks") if isinstance(view, dict) else None
    rest = across(blocks, "/blocks") if isinstance(blocks, list) else ()
    return [*VIEWS.check(view, ""), *rest, *too_large(view)]
