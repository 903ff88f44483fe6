"""The tables of the core ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("sentence", sa.String(length=500), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        sa.UniqueConstraint("site", "seq", name=op.f("uq_act_site_seq")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_act_batch_id"), ["batch_id"], unique=False)

    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["merged_into_id"], ["area.id"], name=op.f("fk_area_merged_into_id_area")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("office", "parent_id", "name", name=op.f("uq_area_office_parent_id_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_area_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_code"), ["code"], unique=False)

    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("office", "name", name=op.f("uq_campaign_office_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_campaign_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("parent_code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("alias", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=24), nullable=True),
        sa.Column("grade", sa.String(length=120), nullable=False),
        sa.Column("tags", sa.String(length=120), nullable=False),
        sa.Column("standard", sa.String(length=500), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("office", "code", name=op.f("uq_category_office_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_category_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sheet", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("uid", name=op.f("uq_import_batch_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("series", sa.String(length=24), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_series")),
        sa.UniqueConstraint("office", "series", "year", name=op.f("uq_number_series_office_series_year")),
        sa.UniqueConstraint("uid", name=op.f("uq_number_series_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("addressee", sa.String(length=120), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("body", sa.String(length=4000), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=120), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint("office", "number", name=op.f("uq_paper_office_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_paper_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_kind_issued_on"), ["kind", "issued_on"], unique=False)

    op.create_table(
        "patrol_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=True),
        sa.Column("kind", sa.String(length=24), nullable=True),
        sa.Column("unit", sa.String(length=24), nullable=False),
        sa.Column("period", sa.String(length=24), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("flood_count", sa.Integer(), nullable=True),
        sa.Column("months", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=24), nullable=False),
        sa.Column("min_minutes", sa.Integer(), nullable=False),
        sa.Column("min_km", sa.Float(), nullable=False),
        sa.Column("min_gap_hours", sa.Integer(), nullable=False),
        sa.Column("exempt_kinds", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_rule")),
        sa.UniqueConstraint(
            "office", "name", "valid_from", name=op.f("uq_patrol_rule_office_name_valid_from")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_patrol_rule_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("office", "name", name=op.f("uq_setting_office_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_setting_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("office", "name", name=op.f("uq_user_office_name")),
        sa.UniqueConstraint("uid", name=op.f("uq_user_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "water",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("basin", sa.String(length=60), nullable=False),
        sa.Column("bank", sa.String(length=20), nullable=False),
        sa.Column("length_km", sa.Float(), nullable=True),
        sa.Column("catchment_km2", sa.Float(), nullable=True),
        sa.Column("upper_code", sa.String(length=40), nullable=False),
        sa.Column("upper_name", sa.String(length=60), nullable=False),
        sa.Column("source_place", sa.String(length=120), nullable=False),
        sa.Column("source_lon", sa.Float(), nullable=True),
        sa.Column("source_lat", sa.Float(), nullable=True),
        sa.Column("mouth_place", sa.String(length=120), nullable=False),
        sa.Column("mouth_lon", sa.Float(), nullable=True),
        sa.Column("mouth_lat", sa.Float(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_water")),
        sa.UniqueConstraint("office", "code", name=op.f("uq_water_office_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_water_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("water", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_water_name"), ["name"], unique=False)

    op.create_table(
        "act_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("ledger", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("record_uid", sa.String(length=36), nullable=False),
        sa.Column("version_seen", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("block", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["act.id"], name=op.f("fk_act_change_act_id_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act_change")),
        sa.UniqueConstraint("act_id", "ordinal", name=op.f("uq_act_change_act_id_ordinal")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("act_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_act_change_ledger_record_id"), ["ledger", "record_id"], unique=False
        )

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("gender", sa.String(length=24), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_person_area_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("uid", name=op.f("uq_person_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name"), ["name"], unique=False)

    op.create_table(
        "reach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("water_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("length_km", sa.Float(), nullable=True),
        sa.Column("from_place", sa.String(length=120), nullable=False),
        sa.Column("to_place", sa.String(length=120), nullable=False),
        sa.Column("bank", sa.String(length=24), nullable=True),
        sa.Column("target_class", sa.String(length=24), nullable=True),
        sa.Column("downstream_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["downstream_id"], ["reach.id"], name=op.f("fk_reach_downstream_id_reach")),
        sa.ForeignKeyConstraint(["water_id"], ["water.id"], name=op.f("fk_reach_water_id_water")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reach")),
        sa.UniqueConstraint("office", "code", name=op.f("uq_reach_office_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_reach_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reach_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_reach_water_id"), ["water_id"], unique=False)

    op.create_table(
        "reach_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("reach_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_reach_area_area_id_area")),
        sa.ForeignKeyConstraint(["reach_id"], ["reach.id"], name=op.f("fk_reach_area_reach_id_reach")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reach_area")),
        sa.UniqueConstraint("reach_id", "area_id", name=op.f("uq_reach_area_reach_id_area_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_reach_area_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reach_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reach_area_area_id"), ["area_id"], unique=False)

    op.create_table(
        "tenure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("level", sa.String(length=24), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("delegate_from", sa.Date(), nullable=True),
        sa.Column("delegate_to", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_tenure_area_id_area")),
        sa.ForeignKeyConstraint(["delegate_id"], ["person.id"], name=op.f("fk_tenure_delegate_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_tenure_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenure")),
        sa.UniqueConstraint("uid", name=op.f("uq_tenure_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tenure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tenure_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_tenure_person_id"), ["person_id"], unique=False)

    op.create_table(
        "patrol",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("tenure_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("performer", sa.String(length=24), nullable=False),
        sa.Column("companions", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("km", sa.Float(), nullable=True),
        sa.Column("from_place", sa.String(length=120), nullable=False),
        sa.Column("to_place", sa.String(length=120), nullable=False),
        sa.Column("mode", sa.String(length=24), nullable=False),
        sa.Column("weather", sa.String(length=20), nullable=False),
        sa.Column("entry", sa.String(length=24), nullable=False),
        sa.Column("has_finding", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.String(length=2000), nullable=False),
        sa.Column("handling", sa.String(length=2000), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_patrol_person_id_person")),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_patrol_tenure_id_tenure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol")),
        sa.UniqueConstraint("uid", name=op.f("uq_patrol_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("patrol", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_patrol_person_id_started_at"), ["person_id", "started_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_patrol_started_at"), ["started_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_patrol_tenure_id_started_at"), ["tenure_id", "started_at"], unique=False
        )

    op.create_table(
        "tenure_reach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("tenure_id", sa.Integer(), nullable=False),
        sa.Column("reach_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["reach_id"], ["reach.id"], name=op.f("fk_tenure_reach_reach_id_reach")),
        sa.ForeignKeyConstraint(["tenure_id"], ["tenure.id"], name=op.f("fk_tenure_reach_tenure_id_tenure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenure_reach")),
        sa.UniqueConstraint(
            "tenure_id", "reach_id", "valid_from", name=op.f("uq_tenure_reach_tenure_id_reach_id_valid_from")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_tenure_reach_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("tenure_reach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tenure_reach_reach_id"), ["reach_id"], unique=False)

    op.create_table(
        "patrol_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_check_patrol_id_patrol")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_check")),
        sa.UniqueConstraint("patrol_id", "item", name=op.f("uq_patrol_check_patrol_id_item")),
        sa.UniqueConstraint("uid", name=op.f("uq_patrol_check_uid")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "patrol_reach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("patrol_id", sa.Integer(), nullable=False),
        sa.Column("reach_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_patrol_reach_patrol_id_patrol")),
        sa.ForeignKeyConstraint(["reach_id"], ["reach.id"], name=op.f("fk_patrol_reach_reach_id_reach")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patrol_reach")),
        sa.UniqueConstraint("patrol_id", "reach_id", name=op.f("uq_patrol_reach_patrol_id_reach_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_patrol_reach_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("patrol_reach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_patrol_reach_reach_id"), ["reach_id"], unique=False)

    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("outside_number", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("finder", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=24), nullable=True),
        sa.Column("patrol_id", sa.Integer(), nullable=True),
        sa.Column("water_id", sa.Integer(), nullable=True),
        sa.Column("reach_id", sa.Integer(), nullable=True),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("stake", sa.String(length=40), nullable=False),
        sa.Column("bank", sa.String(length=24), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("datum", sa.String(length=24), nullable=True),
        sa.Column("position_text", sa.String(length=80), nullable=False),
        sa.Column("category_code", sa.String(length=8), nullable=False),
        sa.Column("description", sa.String(length=2000), nullable=False),
        sa.Column("area_m2", sa.Float(), nullable=True),
        sa.Column("length_m", sa.Float(), nullable=True),
        sa.Column("volume_m3", sa.Float(), nullable=True),
        sa.Column("weight_t", sa.Float(), nullable=True),
        sa.Column("count_n", sa.Float(), nullable=True),
        sa.Column("severity", sa.String(length=24), nullable=True),
        sa.Column("severity_reason", sa.String(length=200), nullable=False),
        sa.Column("party", sa.String(length=120), nullable=False),
        sa.Column("patch_number", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("lead_department", sa.String(length=80), nullable=False),
        sa.Column("helping_departments", sa.String(length=200), nullable=False),
        sa.Column("leader", sa.String(length=40), nullable=False),
        sa.Column("officer", sa.String(length=40), nullable=False),
        sa.Column("officer_title", sa.String(length=80), nullable=False),
        sa.Column("officer_phone", sa.String(length=40), nullable=False),
        sa.Column("assign_number", sa.String(length=60), nullable=False),
        sa.Column("supervisor", sa.String(length=40), nullable=False),
        sa.Column("responsibility_note", sa.String(length=500), nullable=False),
        sa.Column("goal", sa.String(length=500), nullable=False),
        sa.Column("measures", sa.String(length=2000), nullable=False),
        sa.Column("progress", sa.String(length=2000), nullable=False),
        sa.Column("acceptors", sa.String(length=120), nullable=False),
        sa.Column("look_back", sa.String(length=24), nullable=True),
        sa.Column("look_back_on", sa.Date(), nullable=True),
        sa.Column("unfinished_reason", sa.String(length=500), nullable=False),
        sa.Column("next_step", sa.String(length=500), nullable=False),
        sa.Column("rectification_note", sa.String(length=500), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("handed_to", sa.String(length=120), nullable=False),
        sa.Column("letter_number", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["problem.id"], name=op.f("fk_problem_merged_into_id_problem")
        ),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_problem_patrol_id_patrol")),
        sa.ForeignKeyConstraint(["reach_id"], ["reach.id"], name=op.f("fk_problem_reach_id_reach")),
        sa.ForeignKeyConstraint(["village_id"], ["area.id"], name=op.f("fk_problem_village_id_area")),
        sa.ForeignKeyConstraint(["water_id"], ["water.id"], name=op.f("fk_problem_water_id_water")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
        sa.UniqueConstraint("office", "number", name=op.f("uq_problem_office_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_problem_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_category_code"), ["category_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_found_on"), ["found_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_outside_number"), ["outside_number"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_reach_id"), ["reach_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_problem_village_id"), ["village_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=24), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("patrol_id", sa.Integer(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_attachment_paper_id_paper")),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_attachment_patrol_id_patrol")),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_attachment_problem_id_problem")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachment_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_patrol_id"), ["patrol_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_problem_id"), ["problem_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)

    op.create_table(
        "paper_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_problem_paper_id_paper")),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_paper_problem_problem_id_problem")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_problem")),
        sa.UniqueConstraint("paper_id", "problem_id", name=op.f("uq_paper_problem_paper_id_problem_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_paper_problem_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("paper_problem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_problem_problem_id"), ["problem_id"], unique=False)

    op.create_table(
        "problem_campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_problem_campaign_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_problem_campaign_problem_id_problem")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_campaign")),
        sa.UniqueConstraint(
            "problem_id", "campaign_id", name=op.f("uq_problem_campaign_problem_id_campaign_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_problem_campaign_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("problem_campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problem_campaign_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "problem_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=24), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("first_deadline", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column("rejections", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("exit", sa.String(length=24), nullable=True),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["problem_id"], ["problem.id"], name=op.f("fk_problem_round_problem_id_problem")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_round")),
        sa.UniqueConstraint("problem_id", "ordinal", name=op.f("uq_problem_round_problem_id_ordinal")),
        sa.UniqueConstraint("uid", name=op.f("uq_problem_round_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("problem_round", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_problem_round_deadline_problem_id"), ["deadline", "problem_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_problem_round_exit_on_problem_id"), ["exit_on", "problem_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_problem_round_opened_on_problem_id"), ["opened_on", "problem_id"], unique=False
        )

    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("from_state", sa.String(length=24), nullable=False),
        sa.Column("to_state", sa.String(length=24), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_step_problem_id_problem")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sa.UniqueConstraint("problem_id", "ordinal", name=op.f("uq_step_problem_id_ordinal")),
        sa.UniqueConstraint("uid", name=op.f("uq_step_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_step_action_happened_at"), ["action", "happened_at"], unique=False
        )

    op.create_table(
        "work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=True),
        sa.Column("problem_id", sa.Integer(), nullable=True),
        sa.Column("patrol_id", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["patrol_id"], ["patrol.id"], name=op.f("fk_work_patrol_id_patrol")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_work_problem_id_problem")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work")),
        sa.UniqueConstraint("uid", name=op.f("uq_work_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_done_on"), ["done_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_work_problem_id"), ["problem_id"], unique=False)


def downgrade() -> None:
    """Drop the tables."""
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_problem_id"))
        batch_op.drop_index(batch_op.f("ix_work_done_on"))

    op.drop_table("work")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_action_happened_at"))

    op.drop_table("step")
    with op.batch_alter_table("problem_round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_round_opened_on_problem_id"))
        batch_op.drop_index(batch_op.f("ix_problem_round_exit_on_problem_id"))
        batch_op.drop_index(batch_op.f("ix_problem_round_deadline_problem_id"))

    op.drop_table("problem_round")
    with op.batch_alter_table("problem_campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_campaign_campaign_id"))

    op.drop_table("problem_campaign")
    with op.batch_alter_table("paper_problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_problem_problem_id"))

    op.drop_table("paper_problem")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_sha256"))
        batch_op.drop_index(batch_op.f("ix_attachment_problem_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_patrol_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_village_id"))
        batch_op.drop_index(batch_op.f("ix_problem_state"))
        batch_op.drop_index(batch_op.f("ix_problem_reach_id"))
        batch_op.drop_index(batch_op.f("ix_problem_outside_number"))
        batch_op.drop_index(batch_op.f("ix_problem_found_on"))
        batch_op.drop_index(batch_op.f("ix_problem_category_code"))

    op.drop_table("problem")
    with op.batch_alter_table("patrol_reach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patrol_reach_reach_id"))

    op.drop_table("patrol_reach")
    op.drop_table("patrol_check")
    with op.batch_alter_table("tenure_reach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tenure_reach_reach_id"))

    op.drop_table("tenure_reach")
    with op.batch_alter_table("patrol", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_patrol_tenure_id_started_at"))
        batch_op.drop_index(batch_op.f("ix_patrol_started_at"))
        batch_op.drop_index(batch_op.f("ix_patrol_person_id_started_at"))

    op.drop_table("patrol")
    with op.batch_alter_table("tenure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tenure_person_id"))
        batch_op.drop_index(batch_op.f("ix_tenure_area_id"))

    op.drop_table("tenure")
    with op.batch_alter_table("reach_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reach_area_area_id"))

    op.drop_table("reach_area")
    with op.batch_alter_table("reach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reach_water_id"))
        batch_op.drop_index(batch_op.f("ix_reach_name"))

    op.drop_table("reach")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_name"))

    op.drop_table("person")
    with op.batch_alter_table("act_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_change_ledger_record_id"))

    op.drop_table("act_change")
    with op.batch_alter_table("water", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_water_name"))

    op.drop_table("water")
    op.drop_table("user")
    op.drop_table("setting")
    op.drop_table("patrol_rule")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_kind_issued_on"))

    op.drop_table("paper")
    op.drop_table("number_series")
    op.drop_table("import_batch")
    op.drop_table("category")
    op.drop_table("campaign")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_code"))

    op.drop_table("area")
    with op.batch_alter_table("act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_act_batch_id"))

    op.drop_table("act")
