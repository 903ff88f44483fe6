"""Alembic's entry: runs the migrations on the connection handed over by storage/schema.py."""

from __future__ import annotations

from alembic import context

from river_chief.records import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
