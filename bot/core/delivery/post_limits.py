"""How much is posted. Apart from what posts contain, which takes long to import."""

POSTS_PER_PUBLICATION = 10
"""How many changes of one publication are posted one by one in a channel; more become one `ChangeSummary`."""
