"""Compares two states of the brief files: what readers would be told of the difference, and what is wrong with it."""
