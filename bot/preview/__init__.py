"""The page for maintainers: what a merge of the brief files would change, before it is made."""
