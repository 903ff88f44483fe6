"""Rounds as they are counted, kept by triggers; and narrower ways to steps and exceptions.

A later migration that rebuilds ``problem`` or ``problem_round`` must drop the view and the triggers first
and make them again after it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Day numbers are those of date.toordinal(); 1721424.5 is the Julian day of number 0.
_DAYS = {
    "opened": "opened_on",
    "exited": "exit_on",
    "deadline": "deadline",
    "assigned": "assigned_on",
    "finished": "rectified_on",
    "reopened": "reopened_on",
    "reported": "reported_on",
}
_NUMBERS = ",\n        ".join(
    f"CAST(julianday(r.{column}) - 1721424.5 AS INTEGER) AS {name}" for name, column in _DAYS.items()
)
_LATEST = ", ".join(f"coalesce({name}, opened)" for name in _DAYS)
_COME = " + ".join(f"{2**bit} * ({name} IS NOT NULL)" for bit, name in enumerate(_DAYS, 1))
VIEW = f"""
CREATE VIEW round_to_count AS
SELECT
    max({_LATEST}) AS settled,
    id,
    min({_LATEST}) AS begun,
    problem_id,
    CASE exit WHEN 'closed' THEN 1024 WHEN 'unfounded' THEN 2048 WHEN 'merged' THEN 3072
        WHEN 'handed_over' THEN 4096 WHEN 'voided' THEN 5120 ELSE 0 END
    + CASE origin WHEN 'relapse' THEN 256 WHEN 'returned' THEN 512 ELSE 0 END
    + {_COME}
    + coalesce(coalesce(finished, CASE WHEN exit = 'closed' THEN exited END) <= deadline, 0) AS pattern,
    {", ".join(_DAYS)},
    village_id,
    substr(category_code, 1, 2) || '|' || coalesce(severity, '') || '|' || coalesce(source, '') AS kind,
    number, category_code, severity, source, unit, finder, water_id, reach_id
FROM (
    SELECT
        r.id, r.problem_id, r.origin, r.exit,
        {_NUMBERS},
        p.village_id, p.severity, p.source, p.water_id, p.reach_id,
        coalesce(p.number, '') AS number, coalesce(p.category_code, '') AS category_code,
        coalesce(p.unit, '') AS unit, coalesce(p.finder, '') AS finder
    FROM problem_round r LEFT JOIN problem p ON p.id = r.problem_id
)
"""
_FILL = "INSERT INTO counted_round SELECT * FROM round_to_count"
_OF_PROBLEM = "number, village_id, category_code, severity, source, unit, finder, water_id, reach_id"
TRIGGERS = {
    "count_new_round": f"""
        AFTER INSERT ON problem_round BEGIN
            {_FILL} WHERE id = new.id;
        END""",
    "count_changed_round": f"""
        AFTER UPDATE ON problem_round BEGIN
            DELETE FROM counted_round WHERE problem_id = old.problem_id AND id = old.id;
            {_FILL} WHERE id = new.id;
        END""",
    "count_no_more": """
        AFTER DELETE ON problem_round BEGIN
            DELETE FROM counted_round WHERE problem_id = old.problem_id AND id = old.id;
        END""",
    "count_changed_problem": f"""
        AFTER UPDATE OF {_OF_PROBLEM} ON problem BEGIN
            DELETE FROM counted_round WHERE problem_id = new.id;
            {_FILL} WHERE problem_id = new.id;
        END""",
    # A replay of the journal may bring a round before its problem.
    "count_late_problem": f"""
        AFTER INSERT ON problem WHEN EXISTS (SELECT 1 FROM problem_round WHERE problem_id = new.id) BEGIN
            DELETE FROM counted_round WHERE problem_id = new.id;
            {_FILL} WHERE problem_id = new.id;
        END""",
}


def upgrade() -> None:
    """Make the table, fill it from the rounds there are, and keep it from now on."""
    op.create_table(
        "counted_round",
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("begun", sa.Integer(), nullable=False),
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in list(_DAYS)[1:]),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("category_code", sa.String(length=8), nullable=False),
        sa.Column("severity", sa.String(length=24), nullable=True),
        sa.Column("source", sa.String(length=24), nullable=True),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("finder", sa.String(length=60), nullable=False),
        sa.Column("water_id", sa.Integer(), nullable=True),
        sa.Column("reach_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("settled", "id", name=op.f("pk_counted_round")),
        sqlite_with_rowid=False,
    )
    op.execute(VIEW)
    op.execute(f"{_FILL} ORDER BY settled, id")
    for columns in (("problem_id", "pattern"), ("village_id", "pattern"), ("kind", "pattern"), ("pattern",)):
        op.create_index(op.f(f"ix_counted_round_{'_'.join(columns)}"), "counted_round", list(columns))
    op.create_index(
        op.f("ix_counted_round_open"),
        "counted_round",
        ["pattern", "settled", "problem_id", "number", "village_id", "deadline", "exited"],
        sqlite_where=sa.text("exited IS NULL"),
    )
    op.create_index(
        op.f("ix_counted_round_long"),
        "counted_round",
        ["begun", "settled"],
        sqlite_where=sa.text("settled - begun > 92"),
    )
    for name, body in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {body}")
    op.drop_index(op.f("ix_step_action_happened_at"), "step")
    op.create_index(
        op.f("ix_step_action_happened_at_problem_id"), "step", ["action", "happened_at", "problem_id"]
    )
    op.create_index(
        op.f("ix_problem_round_problem_id"),
        "problem_round",
        ["problem_id"],
        sqlite_where=sa.text("exceptions > 0"),
    )


def downgrade() -> None:
    """Take it all away."""
    op.drop_index(op.f("ix_problem_round_problem_id"), "problem_round")
    op.drop_index(op.f("ix_step_action_happened_at_problem_id"), "step")
    op.create_index(op.f("ix_step_action_happened_at"), "step", ["action", "happened_at"])
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    op.execute("DROP VIEW round_to_count")
    op.drop_table("counted_round")
