"""How corrections, live threads and pause notices look."""
