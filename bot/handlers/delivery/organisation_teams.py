"""Trigger: time. Which workspaces of an organisation the bot serves, where it is installed for the organisation as a
whole: Slack says so, and admins of the organisation may change it at any time."""

from collections.abc import Collection, Mapping

from bot.handlers.context import Services
from bot.handlers.delivery.channel_pausing import wake_due_workers
from bot.handlers.ports import ApiFailure


class OrganisationTeams:
    """Remembers what Slack said last."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._known: Mapping[str, frozenset[str]] = {}

    def look(self, organisations: Collection[str], others: Collection[str]) -> None:
        """Asks Slack about organisations (`E…`); `others` have a token of their own, or had one. What was stopped for
        want of a token goes on where the bot is let in by now; nothing is sent to other workspaces. What Slack does not
        say now is asked again with the next look."""
        answers = {each: self._services.slack.organisation_teams(each) for each in sorted(organisations)}
        known = {each: teams for each, teams in answers.items() if not isinstance(teams, ApiFailure) and teams}
        if not known or known == self._known:
            return
        teams = frozenset[str]().union(*known.values())
        with self._services.store.transaction() as tx:
            started = tx.foreign_teams.unmark(teams)
            # Of an organisation that is not known, no workspace is known to be of others.
            if len(known) == len(answers):
                tx.foreign_teams.mark({*teams, *others})
            for team in started:
                wake_due_workers(tx, self._services, team)
        self._known = known
