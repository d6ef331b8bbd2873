"""A conflict as states, moves and ranks in arrays, and one operation on them, `fold`."""

from detente.graph.build import status_quo_of, to_graph
from detente.graph.explicit import Explicit
from detente.graph.graph import Graph
from detente.graph.grid import Grid
from detente.graph.space import Space, build_space

__all__ = ["Explicit", "Graph", "Grid", "Space", "build_space", "status_quo_of", "to_graph"]
