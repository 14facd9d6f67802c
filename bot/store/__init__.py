"""The database, one module per subject: rows in, values out. The one home of SQLAlchemy; SQLite or Postgres."""
