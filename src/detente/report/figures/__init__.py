"""Pictures of results: own SVG, laid out without a browser; each also says what it draws."""

from detente.report.figures.conflict.deals import plot_deals
from detente.report.figures.conflict.evolution import plot_evolution
from detente.report.figures.conflict.stability import plot_stability
from detente.report.figures.figure import Figure
from detente.report.figures.over_time.quantity import plot_quantity
from detente.report.figures.over_time.replay import plot_replay
from detente.report.figures.over_time.timeline import plot_timeline

__all__ = [
    "Figure",
    "plot_deals",
    "plot_evolution",
    "plot_quantity",
    "plot_replay",
    "plot_stability",
    "plot_timeline",
]
