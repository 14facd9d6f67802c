"""Why a channel gets a digest."""

from collections.abc import Sequence

from bot.core.digests.listing import ScheduleEntry
from bot.core.subscriptions.subscription import Subscription
from bot.render.document.phrases import named_subscriptions


def reason_for_digest(subscriptions: Sequence[Subscription], due: Sequence[ScheduleEntry], command: str) -> str:
    """Why a channel gets a digest, and how to end it. `subscriptions` is empty for the maintainers' channel."""
    about = "this is the maintainers' channel"
    if subscriptions:
        about = f"this channel follows {named_subscriptions(subscriptions)}"
    if not due:
        return f"Posted because {about}"
    times = ", ".join(f"{each.schedule} (digest {each.number})" for each in due)
    end = f"{due[0].number} ends it" if len(due) == 1 else "ends one"
    return f"Posted because {about} · {times} · {command} digest off {end}"
