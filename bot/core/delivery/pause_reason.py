"""Why posts to a channel are paused, and what ends the pause."""

from dataclasses import dataclass
from enum import Enum


class Remedy(Enum):
    """What ends a pause."""

    UNARCHIVE = "somebody unarchives the channel"
    INVITE = "somebody invites the bot"
    SUBSCRIBE_AGAIN = "somebody subscribes again in the channel"
    SUBSCRIBE_ELSEWHERE = "somebody subscribes in another channel"
    PERMISSION = "an admin lets the bot post, and somebody subscribes again"


@dataclass(frozen=True, slots=True)
class PauseReason:
    """`code` is unique and stored: our word for an event, or Slack's error. `words` complete "Posts are paused: …",
    without a full stop."""

    code: str
    words: str
    remedy: Remedy

    @property
    def ends_by_itself(self) -> bool:
        """Whether a look at the channel can show that it can be posted to again."""
        return self.remedy in (Remedy.UNARCHIVE, Remedy.INVITE)


PAUSE_REASONS = {
    reason.code: reason
    for reason in (
        PauseReason("archived", "the channel was archived", Remedy.UNARCHIVE),
        PauseReason("is_archived", "the channel is archived", Remedy.UNARCHIVE),
        # What chat.update answers where chat.postMessage answers is_archived.
        PauseReason("is_inactive", "the channel is archived", Remedy.UNARCHIVE),
        PauseReason("removed", "the bot was removed from the channel", Remedy.INVITE),
        PauseReason("not_in_channel", "the bot is not in the channel", Remedy.INVITE),
        PauseReason("channel_not_found", "the channel is gone, or the bot is not in it", Remedy.INVITE),
        # Under another name it may serve another purpose: only a person can say that the posts still suit it.
        PauseReason("renamed", "the channel was renamed", Remedy.SUBSCRIBE_AGAIN),
        PauseReason("deleted", "the channel was deleted", Remedy.SUBSCRIBE_ELSEWHERE),
        *(
            PauseReason(error, f"Slack says {error}", Remedy.PERMISSION)
            for error in ("no_permission", "ekm_access_denied", "messages_tab_disabled")
        ),
    )
}


STRENGTH = (Remedy.UNARCHIVE, Remedy.INVITE, Remedy.SUBSCRIBE_AGAIN, Remedy.SUBSCRIBE_ELSEWHERE)
"""Of two reasons the one whose remedy is later here keeps the channel paused, whichever came first."""


def weaker_than(code: str) -> list[str]:
    """The codes of reasons that another one, by its code, takes the place of."""
    remedy = pause_reason(code).remedy
    weaker = STRENGTH[: STRENGTH.index(remedy)] if remedy in STRENGTH else ()
    return [each.code for each in PAUSE_REASONS.values() if each.remedy in weaker]


def pause_reason(code: str) -> PauseReason:
    """The reason of a stored code; any other error of Slack needs a permission."""
    return PAUSE_REASONS.get(code) or PauseReason(code, f"Slack says {code}", Remedy.PERMISSION)
