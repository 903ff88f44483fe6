"""What is kept: the tables of the ledger, one file per drawer."""

from river_chief.records.documents import Attachment, NumberSeries, Paper, PaperProblem
from river_chief.records.journal import Act, ActChange
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

__all__ = [
    "METADATA",
    "Act",
    "ActChange",
    "Area",
    "Attachment",
    "Campaign",
    "Category",
    "ImportBatch",
    "NumberSeries",
    "Paper",
    "PaperProblem",
    "Patrol",
    "PatrolCheck",
    "PatrolReach",
    "PatrolRule",
    "Person",
    "Problem",
    "ProblemCampaign",
    "Reach",
    "ReachArea",
    "Record",
    "Round",
    "Setting",
    "Step",
    "Tenure",
    "TenureReach",
    "User",
    "Water",
    "Work",
]
