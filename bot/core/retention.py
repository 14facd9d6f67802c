"""How long what the database holds is kept."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """`posts`: so long after it was made a post is corrected, and what briefs said is kept, unless something still
    shows it. `deliveries`: messages that were sent or given up, after they were due. `questions`: those that found
    nothing, what became of digests, and reports that were answered. `removed`: all of a workspace, after it has removed
    the bot."""

    posts: timedelta = timedelta(days=400)
    deliveries: timedelta = timedelta(days=30)
    questions: timedelta = timedelta(days=90)
    removed: timedelta = timedelta(days=30)
