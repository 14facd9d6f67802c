"""How fast messages may be posted, and how deliveries stand."""
