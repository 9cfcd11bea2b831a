"""Alembic's entry: `storage.migrate` hands over the connection."""

from alembic import context

from storage.schema import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
