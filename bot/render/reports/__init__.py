"""How forms of reports and messages about them look."""
