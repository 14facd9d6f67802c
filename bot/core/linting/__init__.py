"""The rules for brief files, and what they report."""
