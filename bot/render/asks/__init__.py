"""How messages about asks look."""
