"""Briefs in the formats of other programs: Markdown, references, fact checks, a page."""
