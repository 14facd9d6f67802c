"""What is known of the quotes of briefs, and how a quote is looked for in a text."""
