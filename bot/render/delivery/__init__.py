"""Corrections of earlier posts, parents of live threads, and pause notices."""
