"""Contents, pace and state of deliveries."""
