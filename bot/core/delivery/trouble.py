"""What keeps a running bot from posting, although it answers."""

from typing import Literal

Trouble = Literal["files gone", "no writes", "standing", "disk"]
"""*files gone*: most briefs are gone from the files, so that nothing is published; *no writes*: the database takes none
or cannot be reached; *standing*: messages are due and nobody sends them; *disk*: the one of the database is nearly
full."""
