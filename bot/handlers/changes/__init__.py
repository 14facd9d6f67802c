"""What changed, now and before."""
