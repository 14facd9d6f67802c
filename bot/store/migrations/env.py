"""Alembic's way in: the connection comes from `store.database.migrate`."""

from alembic import context

from bot.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=False,  # the caller's transaction is the one that counts
    render_as_batch=True,
)
context.run_migrations()
