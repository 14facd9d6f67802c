"""How the confirmations of subscriptions look."""
