"""Subscriptions of channels, and which changes match them."""
