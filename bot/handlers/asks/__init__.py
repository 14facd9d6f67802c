"""Keeps what somebody asks admins for, and lets them decide."""
