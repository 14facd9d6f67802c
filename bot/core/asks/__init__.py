"""Asks: what somebody who may not change it would have admins allow."""
