"""Announcements: posts about the changes of a brief."""
