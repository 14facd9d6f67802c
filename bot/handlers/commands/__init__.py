"""Typed commands and pressed buttons."""
