"""Trigger: time. Moves to our workspaces what earlier versions stored of their channels under those of others."""

import logging
from collections.abc import Collection

from bot.handlers.context import Services
from bot.handlers.delivery.channel_pausing import wake_due_workers
from bot.handlers.delivery.slack_errors import classify, is_passing
from bot.handlers.ports import ApiFailure, ChannelInfo
from bot.store.channel_moves import Place

logger = logging.getLogger(__name__)

ASKED_MAX = 40
"""Channels in one look; Slack allows 50 such questions a minute and workspace (`conversations.info`, Tier 3)."""


class ChannelAdoption:
    """Remembers which channels are not ours, until the process ends. `ours` are the workspaces with a token."""

    def __init__(self, services: Services, ours: Collection[str]) -> None:
        self._services, self._ours = services, sorted(ours)
        self._others: set[Place] = set()

    def look(self) -> None:
        """Asks Slack for some of the channels that are stored under workspaces of others. What it does not say now is
        asked again with the next look."""
        with self._services.store.snapshot() as tx:
            places = tx.foreign_teams.places()
        if not places:
            return
        for place in [each for each in places if each not in self._others][:ASKED_MAX]:
            if not self._services.stopping.is_set():
                self._ask(place)
        open_ = {each.team for each in places if each not in self._others}
        with self._services.store.transaction() as tx:
            tx.foreign_teams.settle({each.team for each in places} - open_)

    def _ask(self, place: Place) -> None:
        answers = {team: self._services.slack.channel_info(team, place.channel) for team in self._ours}
        readable = {team: each for team, each in answers.items() if isinstance(each, ChannelInfo)}
        # Two of our workspaces may share it; the bot is asked where it is.
        members = [team for team, each in readable.items() if each.member]
        if not members and any(isinstance(each, ApiFailure) and _says_nothing(each) for each in answers.values()):
            return
        self._others.add(place)
        for team in (members or list(readable))[:1]:
            self._adopt(place, team)

    def _adopt(self, place: Place, ours: str) -> None:
        with self._services.store.transaction() as tx:
            tx.channel_moves.adopt(place.channel, place.team, ours, self._services.now())
            wake_due_workers(tx, self._services, ours)
        logger.warning("moved what was stored of channel %s from workspace %s to %s", place.channel, place.team, ours)


def _says_nothing(failure: ApiFailure) -> bool:
    """Whether a failure leaves open what the channel is. The bot has no scope to see a conversation between people."""
    return is_passing(failure) or (classify(failure) == "stop" and failure.error != "missing_scope")
