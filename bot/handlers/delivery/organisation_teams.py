"""Trigger: time. Which workspaces of an organisation the bot serves, where it is installed for the organisation as a
whole: Slack says so, and admins of the organisation may change it at any time."""

from collections.abc import Collection

from bot.handlers.context import Services
from bot.handlers.delivery.channel_pausing import wake_due_workers
from bot.handlers.ports import ApiFailure


class OrganisationTeams:
    """Remembers what Slack said last. `organisation` is its id (`E…`); `tokens` are workspaces with their own token."""

    def __init__(self, services: Services, organisation: str, tokens: Collection[str]) -> None:
        self._services, self._organisation, self._tokens = services, organisation, tokens
        self._known: frozenset[str] = frozenset()

    def look(self) -> None:
        """Asks Slack. What was stopped for want of a token goes on where the bot is let in by now; nothing is sent to
        other workspaces. What Slack does not say now is asked again with the next look."""
        teams = self._services.slack.organisation_teams(self._organisation)
        if isinstance(teams, ApiFailure) or not teams or teams == self._known:
            return
        with self._services.store.transaction() as tx:
            started = tx.foreign_teams.unmark(teams)
            tx.foreign_teams.mark({*teams, *self._tokens})
            for team in started:
                wake_due_workers(tx, self._services, team)
        self._known = teams
