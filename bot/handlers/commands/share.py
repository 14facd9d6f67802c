"""Shares an answer in the channel, and records the post so that corrections reach it."""

from bot.core.answers.answer import Answer
from bot.core.commands.command import ShareAbove
from bot.core.commands.outcome import CommandRejected
from bot.handlers.context import Services
from bot.handlers.delivery import posted_messages
from bot.handlers.delivery.replies import QUEUED, ReplyOutcome, is_refused, post_reply
from bot.handlers.delivery.slack_errors import advice, classify, may_have_arrived
from bot.handlers.permissions import permit
from bot.handlers.ports import ApiFailure, Caller, Posted
from bot.render.document.message import Message, notice, shared_copy
from bot.render.reply_message import render_reply

NO_NEED = "; there is no need to share it again."

UNCORRECTED_DIRECT = "Corrections will not reach this copy"
UNCORRECTED = f"{UNCORRECTED_DIRECT} unless @briefbot is invited: type `/invite @briefbot`"
"""Below what the bot did not post itself, so that it cannot edit it later."""


def share(answer: Answer, page: int, caller: Caller, services: Services, publication: int) -> Message:
    """Posts one page (from 1) of an answer to the channel; returns the response for the person who shared it. Where the
    bot may not post, that response is the message itself for the channel, and says that corrections will not reach it.
    Nothing is posted for who may not. `publication` is the number of the one that the answer was made from."""
    person = permit(ShareAbove(), caller, services)
    if isinstance(person, CommandRejected):
        return render_reply(person, command=services.policy.command)
    message = render_reply(answer, command=services.policy.command, page=page)
    record = posted_messages.record_of_reply(answer, page, services.policy.command, caller.user)
    copy = shared_copy(message, caller.user)
    outcome = post_reply(services, caller, copy, "share", record, publication, tell=True)
    # Only where Slack surely refused it: after a time-out it may be there already, and would stand there twice.
    if isinstance(outcome, ApiFailure) and classify(outcome) == "pause":
        return shared_copy(message, caller.user, UNCORRECTED_DIRECT if caller.direct else UNCORRECTED)
    return notice(_sentence(outcome))


def _sentence(outcome: ReplyOutcome) -> str:
    """What the person who shared it reads."""
    if isinstance(outcome, Posted):
        return "Shared in this channel."
    if outcome == QUEUED:
        return f"It is shared as soon as Slack takes it, within seconds as a rule{NO_NEED}"
    if is_refused(outcome):
        return f"It was not shared: Slack refused it ({outcome.error}). {advice(outcome)}"
    if classify(outcome) == "unlisted":
        why = f"Slack refuses it ({outcome.error}), a reason that this bot does not know"
        return f"{why}. It is tried again for a day{NO_NEED}"
    if may_have_arrived(outcome):
        return (
            f"Slack did not say whether it took it ({outcome.error}). The bot looks, and shares it if it is not there; "
            f"where it cannot look, it writes to you{NO_NEED}"
        )
    return f"Slack does not take it just now ({outcome.error}). It is shared as soon as Slack does{NO_NEED}"
