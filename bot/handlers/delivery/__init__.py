"""Sends what the outbox holds, and corrects what was posted."""
