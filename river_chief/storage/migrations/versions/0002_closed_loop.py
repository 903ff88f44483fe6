"""The closed loop in full: rules as rows, sweeps, zero reports, patches, and what they add to problems."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
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
    """Make the new tables and columns."""
    op.create_table(
        "closing_rule",
        *_record(),
        sa.Column("source", sa.String(length=24), nullable=False),
        sa.Column("minor", sa.String(length=24), nullable=False),
        sa.Column("serious", sa.String(length=24), nullable=False),
        sa.Column("major", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_rule")),
        sa.UniqueConstraint("office", "source", name=op.f("uq_closing_rule_office_source")),
        sa.UniqueConstraint("uid", name=op.f("uq_closing_rule_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "holiday",
        *_record(),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("office", "day", name=op.f("uq_holiday_office_day")),
        sa.UniqueConstraint("uid", name=op.f("uq_holiday_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ladder_step",
        *_record(),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("trigger", sa.String(length=24), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("rate_key", sa.String(length=60), nullable=False),
        sa.Column("percent", sa.Float(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("severity", sa.String(length=24), nullable=True),
        sa.Column("target", sa.String(length=24), nullable=False),
        sa.Column("paper", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_step")),
        sa.UniqueConstraint("uid", name=op.f("uq_ladder_step_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "look_back_rule",
        *_record(),
        sa.Column("category_code", sa.String(length=8), nullable=False),
        sa.Column("severity", sa.String(length=24), nullable=True),
        sa.Column("months", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("early_days", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look_back_rule")),
        sa.UniqueConstraint("uid", name=op.f("uq_look_back_rule_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "proof_rule",
        *_record(),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("proof", sa.String(length=24), nullable=False),
        sa.Column("category_code", sa.String(length=8), nullable=False),
        sa.Column("severity", sa.String(length=24), nullable=True),
        sa.Column("is_needed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_rule")),
        sa.UniqueConstraint("uid", name=op.f("uq_proof_rule_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "deadline_default",
        *_record(),
        sa.Column("clock", sa.String(length=24), nullable=False),
        sa.Column("start", sa.String(length=24), nullable=False),
        sa.Column("severity", sa.String(length=24), nullable=True),
        sa.Column("source", sa.String(length=24), nullable=True),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("rolls", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_deadline_default_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_default")),
        sa.UniqueConstraint("uid", name=op.f("uq_deadline_default_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "zero_report",
        *_record(),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("signer", sa.String(length=120), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_zero_report_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zero_report")),
        sa.UniqueConstraint("uid", name=op.f("uq_zero_report_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("zero_report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_zero_report_year_month_area_id"), ["year", "month", "area_id"], unique=False
        )

    op.create_table(
        "patch",
        *_record(),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("reach_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("datum", sa.String(length=24), nullable=True),
        sa.Column("area_m2", sa.Float(), nullable=True),
        sa.Column("suspected", sa.String(length=120), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checker", sa.String(length=120), nullable=False),
        sa.Column("shows", sa.String(length=120), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=True),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("exception", sa.String(length=200), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_patch_campaign_id_campaign")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_patch_problem_id_problem")),
        sa.ForeignKeyConstraint(["reach_id"], ["reach.id"], name=op.f("fk_patch_reach_id_reach")),
        sa.ForeignKeyConstraint(["village_id"], ["area.id"], name=op.f("fk_patch_village_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patch")),
        sa.UniqueConstraint("office", "number", name=op.f("uq_patch_office_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_patch_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("patch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patch_village_id"), ["village_id"], unique=False)

    op.create_table(
        "sweep",
        *_record(),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("scope", sa.String(length=24), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_sweep_problem_id_problem")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweep")),
        sa.UniqueConstraint("uid", name=op.f("uq_sweep_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sweep", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sweep_problem_id"), ["problem_id"], unique=False)

    op.create_table(
        "sweep_answer",
        *_record(),
        sa.Column("sweep_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("reach_id", sa.Integer(), nullable=True),
        sa.Column("reply", sa.String(length=24), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answerer", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_sweep_answer_area_id_area")),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_sweep_answer_problem_id_problem")
        ),
        sa.ForeignKeyConstraint(["reach_id"], ["reach.id"], name=op.f("fk_sweep_answer_reach_id_reach")),
        sa.ForeignKeyConstraint(["sweep_id"], ["sweep.id"], name=op.f("fk_sweep_answer_sweep_id_sweep")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweep_answer")),
        sa.UniqueConstraint(
            "sweep_id", "area_id", "reach_id", name=op.f("uq_sweep_answer_sweep_id_area_id_reach_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_sweep_answer_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sweep_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sweep_answer_problem_id"), ["problem_id"], unique=False)

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("patch_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("looks", sa.String(length=432), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("settled", sa.String(length=200), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_attachment_patch_id"), ["patch_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_attachment_patch_id_patch"), "patch", ["patch_id"], ["id"])

    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.add_column(sa.Column("keeps_clear", sa.Boolean(), nullable=False, server_default="0"))

    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=sa.VARCHAR(length=24), nullable=True)

    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ladder_step_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("area_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("answered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("answerer", sa.String(length=120), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("answer", sa.String(length=2000), nullable=False, server_default=""))
        batch_op.create_foreign_key(batch_op.f("fk_paper_area_id_area"), "area", ["area_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_paper_ladder_step_id_ladder_step"), "ladder_step", ["ladder_step_id"], ["id"]
        )

    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.add_column(sa.Column("disposal", sa.String(length=24), nullable=True))
        batch_op.add_column(
            sa.Column("hand_over_reply", sa.String(length=500), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("replied_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("suspended_until", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("suspended_by", sa.String(length=120), nullable=False, server_default="")
        )

    with op.batch_alter_table("problem_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reported_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("exceptions", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take them away."""

    with op.batch_alter_table("problem_round", schema=None) as batch_op:
        batch_op.drop_column("exceptions")
        batch_op.drop_column("reported_on")

    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_column("suspended_by")
        batch_op.drop_column("suspended_until")
        batch_op.drop_column("replied_on")
        batch_op.drop_column("hand_over_reply")
        batch_op.drop_column("disposal")

    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_paper_ladder_step_id_ladder_step"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_paper_area_id_area"), type_="foreignkey")
        batch_op.drop_column("answer")
        batch_op.drop_column("answerer")
        batch_op.drop_column("answered_on")
        batch_op.drop_column("area_id")
        batch_op.drop_column("ladder_step_id")

    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.alter_column("kind", existing_type=sa.VARCHAR(length=24), nullable=False)

    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_column("keeps_clear")

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_attachment_patch_id_patch"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_attachment_patch_id"))
        batch_op.drop_column("settled")
        batch_op.drop_column("looks")
        batch_op.drop_column("patch_id")

    with op.batch_alter_table("sweep_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sweep_answer_problem_id"))

    op.drop_table("sweep_answer")
    with op.batch_alter_table("sweep", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sweep_problem_id"))

    op.drop_table("sweep")
    with op.batch_alter_table("patch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patch_village_id"))

    op.drop_table("patch")
    with op.batch_alter_table("zero_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_zero_report_year_month_area_id"))

    op.drop_table("zero_report")
    op.drop_table("deadline_default")
    op.drop_table("proof_rule")
    op.drop_table("look_back_rule")
    op.drop_table("ladder_step")
    op.drop_table("holiday")
    op.drop_table("closing_rule")
