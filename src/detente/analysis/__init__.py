"""What follows from stability: who would agree to what, and what stands in the way."""

from detente.analysis.case import Case
from detente.analysis.deals import Deal
from detente.analysis.diagnosis import Diagnosis, diagnose, diagnose_case
from detente.analysis.evolution import Evolution, Outlook, evolution, outlook
from detente.analysis.findings import Findings, Made
from detente.analysis.foresight import Foresight, foresight
from detente.analysis.misperception import Game, Hypergame, hypergame, with_views
from detente.analysis.named import DealAnswer, answer, answers
from detente.analysis.unlocking import Unlocked, Unlocking, unlock
from detente.analysis.zone import blocking, efficient, zone

__all__ = [
    "Case",
    "Deal",
    "DealAnswer",
    "Diagnosis",
    "Evolution",
    "Findings",
    "Foresight",
    "Game",
    "Hypergame",
    "Made",
    "Outlook",
    "Unlocked",
    "Unlocking",
    "answer",
    "answers",
    "blocking",
    "diagnose",
    "diagnose_case",
    "efficient",
    "evolution",
    "foresight",
    "hypergame",
    "outlook",
    "unlock",
    "with_views",
    "zone",
]
