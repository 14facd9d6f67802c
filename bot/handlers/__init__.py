"""One module per trigger: gather, decide, act."""
