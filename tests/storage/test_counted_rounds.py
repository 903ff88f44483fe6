"""The rounds as they are counted follow every change, whoever makes it."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from river_chief.records import CountedRound, Problem, Round
from river_chief.records.columns import table
from river_chief.records.counted_rounds import DAYS, EXITS, ORIGINS, kind_parts, pattern_parts
from river_chief.storage import schema, undo
from river_chief.storage.counted_rounds import TRIGGERS, differing, lacking_triggers
from river_chief.storage.replay import replay
from river_chief.storage.verify import verify
from river_chief.terms import Action, Exit, Origin
from river_chief.verbs import problems
from tests.builders import CLERK, TODAY, Office
from tests.figures.histories import load_cases, random_cases


def counted(office: Office, problem: int) -> list[dict[str, Any]]:
    """The counted rounds of a problem, after a look that all are as they should be."""
    with office.database.engine.connect() as connection:
        assert differing(connection) == 0
        rows = connection.execute(
            table(CountedRound)
            .select()
            .where(table(CountedRound).c.problem_id == problem)
            .order_by(text("id"))
        )
        return [dict(row._mapping) for row in rows]


def days(row: dict[str, Any]) -> dict[str, str]:
    return {name: date.fromordinal(row[name]).isoformat() for name in DAYS if row[name] is not None}


def test_the_days_of_a_problem_s_way(empty: Office, village: int, reach: int) -> None:
    id = empty.problem(village, reach, on="2025-03-03", unit="柳塘村")
    (row,) = counted(empty, id)
    assert days(row) == {"opened": "2025-03-03"}
    assert (row["village_id"], row["kind"], row["reach_id"]) == (village, "LD|minor|Y01", reach)
    empty.step(id, Action.VERIFY, happened_at="2025-03-03")
    empty.step(id, Action.ASSIGN, happened_at="2025-03-04", unit="水利站", deadline="2025-03-20")
    empty.step(id, Action.SIGN_FOR, happened_at="2025-03-04", actor="赵春")
    empty.step(id, Action.SUBMIT, happened_at="2025-03-20", progress="已清理完毕")
    (row,) = counted(empty, id)
    assert days(row) == {
        "opened": "2025-03-03",
        "assigned": "2025-03-04",
        "deadline": "2025-03-20",
        "finished": "2025-03-20",
    }
    assert row["unit"] == "水利站"
    assert pattern_parts(row["pattern"]) == (
        None,
        Origin.FOUND,
        frozenset({"opened", "assigned", "deadline", "finished"}),
        True,
    )
    assert (row["begun"], row["settled"]) == (row["opened"], row["deadline"])


def test_a_relapse_is_a_second_round_and_an_undo_takes_it_away(
    empty: Office, village: int, reach: int
) -> None:
    id = empty.problem(village, reach)
    empty.close(id)
    before = counted(empty, id)
    empty.step(id, Action.RELAPSE, happened_at="2025-03-25", words="又堆了垃圾", deadline="2025-04-05")
    first, second = counted(empty, id)
    assert days(first)["reopened"] == days(second)["opened"] == "2025-03-25"
    assert pattern_parts(second["pattern"])[1] is Origin.RELAPSE
    assert pattern_parts(first["pattern"])[0] is Exit.CLOSED
    with empty.database.write(by=CLERK, today=TODAY) as writer:
        undo.undo_last(writer)
    assert counted(empty, id) == before


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({"village_id": True}, ("village_id",)),
        ({"severity": "major", "severity_reason": "现场研判"}, ("severity", "kind")),
        ({"source": "Y04"}, ("source", "kind")),
        ({"category_code": "LJ01", "severity_reason": "现场研判"}, ("category_code", "kind")),
        ({"finder": "周禾"}, ("finder",)),
        ({"reach_id": True}, ("reach_id", "water_id")),
    ],
)
def test_an_edited_problem_is_counted_anew(
    empty: Office, village: int, reach: int, changed: dict[str, Any], names: tuple[str, ...]
) -> None:
    id = empty.problem(village, reach)
    empty.close(id)
    (before,) = counted(empty, id)
    others = {"village_id": empty.village("石埠村"), "reach_id": empty.reach("石埠河")}
    with empty.database.read() as session:
        problem = session.get_one(Problem, id)
        values = {name: getattr(problem, name, None) for name in problems.ProblemEdit.model_fields}
    values |= {key: others[key] if value is True else value for key, value in changed.items()}
    values |= {"water_id": None, "campaign_ids": ()}
    empty.do(problems.edit, problems.ProblemEdit, **values)
    (after,) = counted(empty, id)
    assert {name for name in before if before[name] != after[name]} == set(names)


def test_a_bulk_load_is_counted_and_a_replay_counts_the_same(empty: Office) -> None:
    cases = random_cases(Random(5), 60, [empty.village("柳塘村")], ())
    with empty.database.write(by=CLERK, today=TODAY) as writer:
        load_cases(writer, cases, empty.database.office)
    with empty.database.engine.connect() as connection:
        assert differing(connection) == 0
        rounds = connection.execute(table(CountedRound).select()).all()
    assert len(rounds) == sum(len(case.laps) for case in cases)
    assert replay(empty.database.engine) == []
    assert {kind_parts(row.kind)[0] for row in rounds} == {case.group for case in cases if case.laps}


def test_a_round_that_comes_before_its_problem_is_counted_when_it_comes(
    empty: Office, village: int, reach: int
) -> None:
    id = empty.problem(village, reach)
    with empty.database.engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            connection.exec_driver_sql("CREATE TEMP TABLE kept AS SELECT * FROM problem")
            connection.exec_driver_sql("DELETE FROM problem")
            connection.exec_driver_sql("UPDATE problem_round SET extensions = 1")
            query = "SELECT village_id, kind FROM counted_round WHERE problem_id = ?"
            assert connection.exec_driver_sql(query, (id,)).one() == (None, "||")
            connection.exec_driver_sql("INSERT INTO problem SELECT * FROM kept")
            assert connection.exec_driver_sql(query, (id,)).one() == (village, "LD|minor|Y01")
            connection.exec_driver_sql("DELETE FROM problem_round")
            assert connection.exec_driver_sql(query, (id,)).all() == []
        finally:
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=ON")


def test_an_older_ledger_is_counted_when_it_is_upgraded(empty: Office, village: int, reach: int) -> None:
    empty.close(empty.problem(village, reach))
    empty.problem(village, reach, on="2025-03-05")
    engine = empty.database.engine
    with engine.execution_options(writes=True).begin() as connection:
        before = connection.exec_driver_sql("SELECT * FROM counted_round").all()
        for name in TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for sql in (
            "DROP VIEW round_to_count",
            "DROP TABLE counted_round",
            "DROP INDEX ix_problem_round_problem_id",
            "DROP INDEX ix_step_action_happened_at_problem_id",
            "CREATE INDEX ix_step_action_happened_at ON step (action, happened_at)",
            "UPDATE alembic_version SET version_num = '0003'",
        ):
            connection.exec_driver_sql(sql)
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT * FROM counted_round").all() == before
        assert lacking_triggers(connection) == []
        assert differing(connection) == 0


def test_verify_tells_of_rounds_counted_wrongly(empty: Office, village: int, reach: int) -> None:
    empty.problem(village, reach)
    assert verify(empty.database).is_whole
    with empty.database.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE counted_round SET deadline = 1")
    assert verify(empty.database).faults == [
        "统计用的数据有 1 条与问题不一致，报表的数不准，请联系维护人员。"
    ]
    with empty.database.engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE counted_round SET deadline = NULL")
        connection.exec_driver_sql("DROP TRIGGER count_new_round")
    assert verify(empty.database).faults == ["统计用的数据不再随问题更新，报表的数会不准，请联系维护人员。"]


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("exit", dict(zip(EXITS.values(), EXITS, strict=True))), ("origin", {v: k for k, v in ORIGINS.items()})],
)
def test_every_way_to_begin_and_end_has_its_code(empty: Office, kind: str, codes: dict[Any, int]) -> None:
    wanted: dict[Any, int] = (
        {None: 0, **{each: codes[each] for each in Exit}}
        if kind == "exit"
        else {each: codes[each] for each in Origin}
    )
    problem = empty.problem(empty.village("柳塘村"), empty.reach("柳塘河"))
    for value in wanted:
        with empty.database.engine.execution_options(writes=True).begin() as connection:
            connection.execute(
                table(Round).update().where(table(Round).c.problem_id == problem).values(**{kind: value})
            )
        (row,) = counted(empty, problem)
        exit, origin, _, _ = pattern_parts(row["pattern"])
        assert (exit if kind == "exit" else origin) is value
