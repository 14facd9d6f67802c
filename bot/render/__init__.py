"""Rendering of replies and posts: from values to strings and Block Kit, without I/O."""
