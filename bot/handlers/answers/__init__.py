"""Answers commands from the published corpus."""
