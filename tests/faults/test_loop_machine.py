"""A machine tries every action in every state, with steps merged and not: it knows no state the table does not."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from river_chief.bulk import chains
from river_chief.errors import NotAllowed, Refusal
from river_chief.queries.history import recent_acts
from river_chief.queries.problem_detail import ProblemDetail, as_json, problem_detail
from river_chief.rules.workflow import allowed, target
from river_chief.storage.database import Database
from river_chief.storage.undo import undo_act, undo_last
from river_chief.storage.verify import verify
from river_chief.terms import Action, State
from river_chief.verbs import office
from river_chief.verbs.input import understood
from river_chief.verbs.steps import merged
from tests.builders import CLERK, Office, new_office
from tests.loops import ACTIONS, LOOPS, Made, values_for

MERGES = ("merge_verify_assign", "merge_assign_sign", "merge_accept_close")


class LoopMachine(RuleBasedStateMachine):
    """Problems of several sources, each led on by any action on any later day."""

    merges: ClassVar[bool]
    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.room = Path(tempfile.mkdtemp())
        shutil.copytree(self.template, self.room / "ledger")
        self.office = Office(Database.open(self.room / "ledger"), date(2025, 1, 2))
        self.problems: list[int] = []
        self.steps: dict[int, int] = {}

    @initialize(sources=st.lists(st.sampled_from(("Y01", "Y04", "Y11")), min_size=2, max_size=3))
    def register(self, sources: list[str]) -> None:
        if self.merges:
            self.office.do(office.change_settings, office.SettingChange, values=dict.fromkeys(MERGES, True))
        self.problems = [self.office.problem(2, 1, on="2025-01-02", source=source) for source in sources]
        self.steps = dict.fromkeys(self.problems, 1)

    @rule(
        which=st.integers(0, 9), action=st.sampled_from(ACTIONS), days=st.integers(0, 20), alone=st.booleans()
    )
    def act(self, which: int, action: Action, days: int, alone: bool) -> None:
        """Any action on any problem."""
        self._try(self.problems[which % len(self.problems)], action, days, alone)

    @rule(which=st.integers(0, 9), choice=st.integers(0, 30), days=st.integers(0, 3))
    def act_as_the_table_allows(self, which: int, choice: int, days: int) -> None:
        """An action that is open, so that the machine gets round the loop."""
        problem = self.problems[which % len(self.problems)]
        open_ = [action for action in allowed(self._detail(problem).state) if action is not Action.VOID]
        if open_:
            self._try(problem, open_[choice % len(open_)], days, False)

    @invariant()
    def every_problem_is_where_the_table_knows_it(self) -> None:
        for problem in self.problems:
            found = self._detail(problem)
            assert found.state in State
            assert set(found.actions) == set(allowed(found.state))
            assert [step.ordinal for step in found.steps] == list(range(1, self.steps[problem] + 1))
            self._follow(found)

    def teardown(self) -> None:
        assert verify(self.office.database).faults == []
        self.office.database.close()
        shutil.rmtree(self.room)

    def _try(self, problem: int, action: Action, days: int, alone: bool) -> None:
        self.office.today += timedelta(days=days)
        before = self._detail(problem)
        if action not in allowed(before.state):
            with pytest.raises(NotAllowed, match=f"现为“{before.state.label}”，不能{action.label}"):
                self._do(problem, action, before, alone=True)
            assert self._detail(problem) == before
            return
        try:
            self._do(problem, action, before, alone=alone)
        except Refusal:  # late to hand back, merging into what is merged itself
            assert self._detail(problem) == before
            return
        after = self._detail(problem)
        assert after.steps[len(before.steps)].action is action
        self._take_back_and_do_again(problem, before, after)
        self.steps[problem] = len(after.steps)

    def _do(self, problem: int, action: Action, before: ProblemDetail, *, alone: bool) -> None:
        others = [other for other in self.problems if other != problem]
        made = Made(self.office.today, before.rounds[-1].deadline, f"砚2025-{others[0]:03}")
        with self.office.database.write(by=CLERK, today=self.office.today) as writer:
            actions = (action,) if alone else merged.chain_of(writer.session, problem, action)
            values = {**values_for(action, made), "problem_id": problem}
            for each in actions[1:]:
                values = {**values_for(each, made), **values}
            if Action.SIGN_FOR in actions[1:]:
                values["signer"] = "赵春"
            kind = merged.accepted_by(actions)
            entry = understood(kind, {name: values[name] for name in values if name in kind.model_fields})
            chains.do(writer, actions, entry, f"砚2025-{problem:03}")

    def _take_back_and_do_again(self, problem: int, before: ProblemDetail, after: ProblemDetail) -> None:
        """The act, or the acts of a chain as one, can be taken back; taking that back does it again."""
        with self.office.database.write(by=CLERK, today=self.office.today) as writer:
            undo_last(writer)
        assert as_json(self._detail(problem)) == as_json(before)
        with self.office.database.write(by=CLERK, today=self.office.today) as writer:
            undo_act(writer, recent_acts(writer.session, 1)[0].id)
        assert as_json(self._detail(problem)) == as_json(after)

    def _detail(self, problem: int) -> ProblemDetail:
        with self.office.database.read() as session:
            return problem_detail(session, problem, self.office.today)

    @staticmethod
    def _follow(found: ProblemDetail) -> None:
        """Each step begins where the last one ended and leads where the table says."""
        state = State.DRAFT
        for step in found.steps:
            assert step.from_state is state
            state = target(state, step.action)
            assert step.to_state is state
        assert found.state is state
        assert {step.round_no for step in found.steps} == set(range(1, len(found.rounds) + 1))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("machine") / "ledger"
    office_ = new_office(folder, date(2025, 1, 2))
    village = office_.village("柳塘村")
    assert (village, office_.reach("柳塘河", village)) == (2, 1)
    office_.database.close()
    return folder


@pytest.mark.parametrize("merges", [False, True], ids=["each step for itself", "merged"])
def test_no_action_leads_off_the_table(template: Path, merges: bool) -> None:
    machine = type("Machine", (LoopMachine,), {"merges": merges, "template": template})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=max(3, LOOPS // 16), stateful_step_count=25, deadline=None)
    )
