"""Opens the form of a report, keeps what is submitted, and answers who reported."""
