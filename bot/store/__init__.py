"""The database: publications, subscriptions, the outbox, the ledger. The one home of SQLAlchemy; SQLite or Postgres."""
