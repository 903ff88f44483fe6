"""What carries out each action of the transition table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from river_chief.changes import Changes
from river_chief.terms import Action
from river_chief.verbs import problems
from river_chief.verbs.input import Input
from river_chief.verbs.steps import (
    accepting,
    assigning,
    handing_over,
    looking_back,
    rectifying,
    reminding,
    verifying,
)
from river_chief.verbs.steps.move import Reasoned, StepInput


@dataclass(frozen=True, slots=True)
class Doing:
    """What carries out an action: its verb and the input it accepts."""

    accepts: type[Input]
    verb: Callable[..., Changes]


DOINGS: dict[Action, Doing] = {
    Action.REGISTER: Doing(problems.Registration, problems.register_draft),
    Action.VERIFY: Doing(verifying.Verify, verifying.verify),
    Action.REFUTE: Doing(Reasoned, verifying.refute),
    Action.MERGE: Doing(verifying.Merge, verifying.merge),
    Action.HAND_OVER: Doing(handing_over.HandOver, handing_over.hand_over),
    Action.ASSIGN: Doing(assigning.Assign, assigning.assign),
    Action.SIGN_FOR: Doing(assigning.SignFor, assigning.sign_for),
    Action.HAND_BACK: Doing(Reasoned, assigning.hand_back),
    Action.PROGRESS: Doing(rectifying.Progress, rectifying.report_progress),
    Action.EXTEND: Doing(rectifying.Extend, rectifying.extend),
    Action.SUBMIT: Doing(rectifying.Submit, rectifying.submit),
    Action.ACCEPT: Doing(accepting.Accept, accepting.accept),
    Action.REJECT: Doing(Reasoned, accepting.reject),
    Action.REPORT: Doing(accepting.Report, accepting.report),
    Action.CLOSE: Doing(accepting.Close, accepting.close),
    Action.RETURN: Doing(Reasoned, accepting.send_back),
    Action.LOOK_BACK: Doing(StepInput, looking_back.look_back),
    Action.RELAPSE: Doing(looking_back.Relapse, looking_back.relapse),
    Action.SUSPEND: Doing(rectifying.Suspend, rectifying.suspend),
    Action.RESUME: Doing(rectifying.Resume, rectifying.resume),
    Action.REPLY: Doing(handing_over.Reply, handing_over.reply),
    Action.TAKE_BACK: Doing(Reasoned, handing_over.take_back),
    Action.REMIND: Doing(reminding.Reminder, reminding.remind),
    Action.URGE: Doing(reminding.Reminder, reminding.urge),
    Action.SUPERVISE: Doing(reminding.Reminder, reminding.supervise),
    Action.CIRCULATE: Doing(reminding.Reminder, reminding.circulate),
    Action.SUMMON: Doing(reminding.Reminder, reminding.summon),
    Action.ACCOUNT: Doing(reminding.Reminder, reminding.account),
    Action.VOID: Doing(Reasoned, verifying.void),
}
