"""What is kept: the tables of the ledger, one file per drawer."""

from river_chief.records.counted_rounds import CountedRound
from river_chief.records.documents import Attachment, NumberSeries, Paper, PaperProblem
from river_chief.records.follow_up import Patch, Sweep, SweepAnswer, ZeroReport
from river_chief.records.journal import Act, ActChange
from river_chief.records.months import FrozenBody, MonthClose, ReportText, SavedReport
from river_chief.records.office import ImportBatch, Setting, User
from river_chief.records.patrols import Patrol, PatrolCheck, PatrolReach, PatrolRule
from river_chief.records.people import Person, Tenure, TenureReach
from river_chief.records.places import Area, Reach, ReachArea, Water
from river_chief.records.problems import (
    Campaign,
    Category,
    Problem,
    ProblemCampaign,
    Round,
    Step,
    Work,
)
from river_chief.records.record import METADATA, Record
from river_chief.records.rule_rows import (
    ClosingRule,
    DeadlineDefault,
    Holiday,
    LadderStep,
    LightRule,
    LookBackRule,
    ProofRule,
)

__all__ = [
    "METADATA",
    "Act",
    "ActChange",
    "Area",
    "Attachment",
    "Campaign",
    "Category",
    "ClosingRule",
    "CountedRound",
    "DeadlineDefault",
    "FrozenBody",
    "Holiday",
    "ImportBatch",
    "LadderStep",
    "LightRule",
    "LookBackRule",
    "MonthClose",
    "NumberSeries",
    "Paper",
    "PaperProblem",
    "Patch",
    "Patrol",
    "PatrolCheck",
    "PatrolReach",
    "PatrolRule",
    "Person",
    "Problem",
    "ProblemCampaign",
    "ProofRule",
    "Reach",
    "ReachArea",
    "Record",
    "ReportText",
    "Round",
    "SavedReport",
    "Setting",
    "Step",
    "Sweep",
    "SweepAnswer",
    "Tenure",
    "TenureReach",
    "User",
    "Water",
    "Work",
    "ZeroReport",
]
