"""One function per command: plain arguments in, exit code out."""
