"""Sentence embeddings of claims: the only room that needs `pip install briefbot[semantic]`."""
