"""What a channel follows, and which changes that covers."""
