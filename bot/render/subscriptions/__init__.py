"""Confirmations of changes of subscriptions."""
