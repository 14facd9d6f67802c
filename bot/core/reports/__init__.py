"""Reports of mistakes: what is kept of them, and when they are answered."""
