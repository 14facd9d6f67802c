"""A brief, its canonical form and its revision."""
