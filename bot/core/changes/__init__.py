"""What differs between versions of a brief, and what readers are told of it."""
