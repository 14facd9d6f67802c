"""SQLite in memory, for its full-text search."""

import sqlite3
from weakref import finalize


def memory_database(owner: object) -> sqlite3.Connection:
    """An empty database that is closed when its owner is gone. All threads may use it, one at a time; a transaction is
    begun and committed by who writes."""
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    # Not at exit: threads that still answer then go on using it.
    finalize(owner, connection.close).atexit = False
    return connection
