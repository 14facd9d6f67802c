"""What a started bot finds amiss around it that keeps it from nothing but one thing: warnings that say what to do."""

import logging
from datetime import UTC, datetime

from bot import __version__
from bot.app.services import AppServices
from bot.handlers.ports import ApiFailure, ChannelInfo
from bot.slack.probe import clock_trouble, probe

logger = logging.getLogger(__name__)

UNSEEN = "copy its id again, or, if it is private, invite the bot there"
CHANNEL_REMEDIES = {
    "channel_not_found": f"Slack shows the bot no such channel: {UNSEEN}",
    "missing_scope": "the app may not look at channels: install it again from its manifest",
}
"""What is wrong with the channel, by Slack's word, and what to do."""

ARCHIVED = "it is archived: unarchive it, or name another channel"


def say_start(services: AppServices) -> None:
    """Says in one line what has started."""
    corpus, number = services.corpus.published
    facts = {
        "version": __version__,
        "workspaces": len(services.tokens),
        "briefs": len(corpus.published),
        "publication": number,
    }
    sentence = "briefbot %(version)s runs; workspaces: %(workspaces)d, briefs: %(briefs)d, publication: %(publication)d"
    logger.info(sentence, facts, extra=facts)


def look_around(services: AppServices) -> None:
    """Warns of a clock that is wrong, and of a maintainers' channel in which nothing can be posted. Nothing that is
    wrong here ends the bot: clocks are set, and channels come back."""
    found = probe(services.own_api, datetime.now(UTC))
    if found.clock_is_wrong and found.ahead_s is not None:
        logger.error("%s", clock_trouble(found.ahead_s))
    if services.policy.maintainers is None:
        return
    team, channel = services.policy.maintainers
    if reason := channel_trouble(services.slack.channel_info(team, channel)):
        logger.warning("BRIEFBOT_MAINTAINERS_CHANNEL is %s, where nobody hears of broken files: %s", channel, reason)


def channel_trouble(found: ChannelInfo | ApiFailure) -> str | None:
    """What is wrong with a channel that is to be posted in, and what to do; None where nothing is known to be."""
    match found:
        case ChannelInfo(archived=True):
            return ARCHIVED
        case ApiFailure(error):
            return CHANNEL_REMEDIES.get(error)
        case _:
            return None
