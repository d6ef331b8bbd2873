"""From how things stood to a conflict: which parts of a model were in force, and why."""

from detente.framing.frame import Framed, Judged, check_conditions, frame
from detente.framing.seen import seen_by

__all__ = ["Framed", "Judged", "check_conditions", "frame", "seen_by"]
