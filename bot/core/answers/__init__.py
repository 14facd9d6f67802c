"""What readers are answered: the corpus, the lookup, the search."""
