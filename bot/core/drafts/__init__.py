"""Drafts of briefs: an empty one, and one that is made of pasted text."""
