"""How changes of briefs look."""
