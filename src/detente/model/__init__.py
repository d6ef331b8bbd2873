"""A conflict in option form or as a graph; its file formats in and out."""

from detente.model.conflict import Conflict, DecisionMaker, NamedDeal, Option
from detente.model.load import load_model, parse_model, read_model
from detente.model.names import read_expression

__all__ = [
    "Conflict",
    "DecisionMaker",
    "NamedDeal",
    "Option",
    "load_model",
    "parse_model",
    "read_expression",
    "read_model",
]
