"""The grammar of the command: from text to values."""
