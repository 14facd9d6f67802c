"""Digests: schedules, fire times, and content."""
