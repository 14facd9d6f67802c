"""Rules for brief files, and the problems that they report."""
