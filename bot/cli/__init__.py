"""One function per command: takes plain arguments, prints, returns the exit code."""
