"""Publishes changed brief files, and reports broken ones."""
