"""How digests, their schedules and their form look."""
