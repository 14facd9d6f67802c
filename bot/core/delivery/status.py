"""The state of publishing and deliveries in one workspace, for `/brief status`."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.delivery.trouble import Trouble
from bot.core.delivery.words_to_add import WordsToAdd


@dataclass(frozen=True, slots=True)
class Skipped:
    """A digest that was not posted because the bot was down for too long after `fire_at` (UTC). `channel` is Slack's
    id."""

    channel: str
    fire_at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """The current publication, and the deliveries of one workspace.

    `number` is that of the publication, 0 before the first; `published_at` its instant (UTC), None before the first.
    `briefs` counts published briefs, `following` subscriptions, `digests` schedules. `broken` are the names of files
    with errors; `held_back`: nothing is published, as most briefs are gone from the files. `troubles` keep the bot from
    posting.

    Of posts and correction notes: `waiting` are to be sent; `unknown` and `held` may have arrived or not, and `held`
    wait for an operator; `paused` wait for a paused channel; `resent` were sent again without knowing
    whether they had arrived. `dead` are posts and `notes_failed` notes that failed for good. Of edits of earlier posts
    `edits_done` counts those of the last 24 hours, `edits_open` those to come, `edits_failed` those that Slack refused
    for good, so that the correction stands in the thread alone; `uneditable` posts that Slack does not let be edited.

    `stopped` is why nothing is sent to the workspace, None unless it is stopped. `skipped` counts digests skipped in
    the last days, `newest_skipped` are the newest of them, newest first.

    `questions` are (query, number of times) that found nothing or little in the last days, most asked first, with the
    words that would answer them in `additions`; both are for maintainers alone, and empty elsewhere.

    `reports_open` counts reports of mistakes that are not answered: of all workspaces in the maintainers' channel.

    `kept` counts what is stored under workspaces that the bot has no token for, as (number, name of one); it does
    nothing.
    """

    number: int
    published_at: datetime | None
    briefs: int
    broken: tuple[str, ...]
    following: int
    paused_channels: int
    waiting: int
    unknown: int
    held: int
    paused: int
    dead: int
    resent: int
    edits_done: int
    edits_open: int
    uneditable: int
    notes_failed: int
    stopped: str | None
    edits_failed: int = 0
    held_back: bool = False
    troubles: tuple[Trouble, ...] = ()
    digests: int = 0
    skipped: int = 0
    newest_skipped: tuple[Skipped, ...] = ()
    questions: tuple[tuple[str, int], ...] = ()
    additions: tuple[WordsToAdd, ...] = ()
    kept: tuple[tuple[int, str], ...] = ()
    reports_open: int = 0
