"""What follows from stability: who would agree to what, and what stands in the way."""

from detente.analysis.diagnosis import Deal, Diagnosis, diagnose
from detente.analysis.findings import Findings, Made
from detente.analysis.zone import blocking, efficient, zone

__all__ = [
    "Deal",
    "Diagnosis",
    "Findings",
    "Made",
    "blocking",
    "diagnose",
    "efficient",
    "zone",
]
