"""Sets digests and fires those that are due."""
