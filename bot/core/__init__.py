"""What briefs are and what is decided about them. Pure: no I/O, no clock."""
