"""Figures that stay: closed months, edited report texts, saved reports, and the table of 红黄绿."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _record() -> tuple[sa.Column[Any], ...]:
    """The columns of every record."""
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
    )


def upgrade() -> None:
    """Make the new tables."""
    op.create_table(
        "frozen_body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_body")),
        sa.UniqueConstraint("digest", name=op.f("uq_frozen_body_digest")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "light_rule",
        *_record(),
        sa.Column("rate_key", sa.String(length=60), nullable=False),
        sa.Column("green", sa.Float(), nullable=False),
        sa.Column("yellow", sa.Float(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_light_rule")),
        sa.UniqueConstraint("office", "rate_key", name=op.f("uq_light_rule_office_rate_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_light_rule_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "month_close",
        *_record(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("cut", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("closer", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("proof_digest", sa.String(length=64), nullable=False),
        sa.Column("papers_digest", sa.String(length=64), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("reopener", sa.String(length=40), nullable=False),
        sa.Column("reopen_reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_close")),
        sa.UniqueConstraint(
            "office", "year", "month", "edition", name=op.f("uq_month_close_office_year_month_edition")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_month_close_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "report_text",
        *_record(),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("part", sa.String(length=24), nullable=False),
        sa.Column("text", sa.String(length=8000), nullable=False),
        sa.Column("based_on", sa.String(length=8000), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_text")),
        sa.UniqueConstraint(
            "office", "kind", "first", "last", "part", name=op.f("uq_report_text_office_kind_first_last_part")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_report_text_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "saved_report",
        *_record(),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_report")),
        sa.UniqueConstraint("office", "name", name=op.f("uq_saved_report_office_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_saved_report_uid")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("saved_report")
    op.drop_table("report_text")
    op.drop_table("month_close")
    op.drop_table("light_rule")
    op.drop_table("frozen_body")
