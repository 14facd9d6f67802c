"""How long anything waits at most, and so which stored instants are mistakes of a clock.

Clocks step back: when a wrong one is set right, or a database fails over. Instants that were stored before then lie
ahead, by as much as the step, and waiting for them would stop the bot for so long.
"""

from datetime import timedelta

WAIT_MAX = timedelta(seconds=60)
"""No wait of ours is longer: who has to wait longer looks again after this."""

CLOCKS_DIFFER = timedelta(seconds=1)
"""By how much the clocks of processes that share a database differ at most."""

AHEAD_MAX = WAIT_MAX + CLOCKS_DIFFER
"""An instant to wait for that lies further ahead is a mistake, and counts as now."""

BACKOFF_MAX = timedelta(hours=1)
"""So long Slack is believed when it asks to wait."""
