"""Why a channel gets a digest."""

from collections.abc import Sequence

from bot.core.digests.listing import ScheduleEntry
from bot.core.subscriptions.subscription import Subscription
from bot.render.subscriptions.confirmations import named_subscriptions


def reason_for_digest(subscriptions: Sequence[Subscription], due: Sequence[ScheduleEntry], command: str) -> str:
    """Why a channel gets a digest, and how to end it. `subscriptions` is empty for the maintainers' channel."""
    about = "this is the maintainers' channel"
    if subscriptions:
        about = f"this channel follows {named_subscriptions(subscriptions)}"
    times = ", ".join(f"{each.schedule} (digest #{each.number})" for each in due)
    return f"Posted because {about}" + (f" · {times} · {command} digest off ends it" if times else "")
