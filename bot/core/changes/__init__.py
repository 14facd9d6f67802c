"""Differences between versions of a brief, and which of them are announced."""
