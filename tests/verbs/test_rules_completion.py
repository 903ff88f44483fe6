"""A ledger of an older program gets the tables of rules it lacks, once, as an act."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select

from river_chief.records import ClosingRule, DeadlineDefault, LadderStep, LightRule, LookBackRule, ProofRule
from river_chief.records.columns import col, table
from river_chief.storage.database import Database
from river_chief.storage.verify import verify
from river_chief.verbs import office
from tests.builders import Office

KINDS = (ClosingRule, DeadlineDefault, LadderStep, LightRule, LookBackRule, ProofRule)


@pytest.fixture
def older(empty: Office) -> Office:
    """The ledger without the tables of rules, as before they were thought of."""
    with empty.database.engine.execution_options(writes=True).begin() as connection:
        for kind in KINDS:
            connection.execute(delete(table(kind)))
            connection.exec_driver_sql("DELETE FROM act_change WHERE ledger = ?", (str(kind.__tablename__),))
    return empty


def rows(database: Database) -> list[int]:
    with database.read() as session:
        return [session.execute(select(func.count()).select_from(table(kind))).scalar_one() for kind in KINDS]


def test_an_older_ledger_lacks_rules_and_gets_them(older: Office) -> None:
    with older.database.read() as session:
        assert office.lacks_rules(session)
    done = older.do(office.complete_rules, office.RulesCompletion)
    assert done.sentence == "补入程序默认的规则表"
    assert min(rows(older.database)) > 0
    with older.database.read() as session:
        assert not office.lacks_rules(session)
        assert session.execute(select(col(LadderStep.name)).limit(1)).scalar_one() == "到期提醒"
    before = rows(older.database)
    assert older.do(office.complete_rules, office.RulesCompletion).sentence == "规则表已经齐全"
    assert rows(older.database) == before


def test_a_ledger_without_an_office_is_left_alone(tmp_path_factory: pytest.TempPathFactory) -> None:
    database, _ = Database.create(tmp_path_factory.mktemp("bare") / "ledger")
    with database, database.read() as session:
        assert not office.lacks_rules(session)


def test_a_new_ledger_has_them_in_its_journal(empty: Office) -> None:
    assert min(rows(empty.database)) > 0
    assert verify(empty.database, replayed=True).faults == []
