"""Shares an answer in the channel, and records the post so that corrections reach it."""

import logging

from bot.core.answers.answer import Answer, Reply
from bot.core.commands.outcome import Outcome
from bot.errors import DatabaseFailureError
from bot.handlers.context import Services
from bot.handlers.delivery import posted_messages
from bot.handlers.delivery.slack_errors import advice, classify, may_have_arrived
from bot.handlers.ports import Caller, Posted
from bot.render.document.message import Message, notice, shared_copy
from bot.render.reply_message import render_reply

logger = logging.getLogger(__name__)

UNCORRECTED_DIRECT = "Corrections will not reach this copy"
UNCORRECTED = f"{UNCORRECTED_DIRECT} unless @briefbot is invited: type `/invite @briefbot`"
"""Below what the bot did not post itself, so that it cannot edit it later."""


def share(answer: Answer, page: int, caller: Caller, services: Services, publication: int) -> Message:
    """Posts one page (from 1) of an answer to the channel; returns the response for the person who shared it. Where the
    bot may not post, that response is the message itself for the channel, and says that corrections will not reach it.
    `publication` is the number of the one that the answer was made from."""
    message = render_reply(answer, command=services.policy.command, page=page)
    posted = services.slack.post(caller.team, caller.channel, shared_copy(message, caller.user), caller.thread_ts)
    if isinstance(posted, Posted):
        # Recorded after the post, as only Slack's `ts` names it; a crash in between leaves a copy without corrections.
        record_post(answer, page, caller.user, posted, caller, services, publication)
        return notice("Shared in this channel.")
    # Only where Slack surely refused it: after a time-out it may be there already, and would stand there twice.
    if classify(posted) == "pause":
        return shared_copy(message, caller.user, UNCORRECTED_DIRECT if caller.direct else UNCORRECTED)
    if may_have_arrived(posted):
        return notice(
            f"Slack did not say that it took it ({posted.error}). If you do not see it above, share it once more."
        )
    return notice(f"It was not shared: Slack refused it ({posted.error}). {advice(posted)}")


def record_post(
    reply: Reply | Outcome,
    page: int,
    by: str | None,
    posted: Posted,
    caller: Caller,
    services: Services,
    publication: int,
) -> None:
    """Records one page of a posted reply, if it shows claims; `by` is the user id of who shared it, None for an answer
    to a mention. `publication` is the one that the reply was made from, so that what was published while it was being
    posted corrects it; 0 for none."""
    record = posted_messages.record_of_reply(reply, page, services.policy.command, by)
    if record is None or not publication:
        return
    try:
        with services.store.transaction() as tx:
            posted_messages.record_post(tx, services, record, posted, caller, publication)
    except DatabaseFailureError:  # it is posted all the same, and must not be posted again
        logger.exception("a post was not recorded, so that corrections will not reach it")
