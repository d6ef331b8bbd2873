"""A conflict in option form or as a graph; its file formats in and out."""

from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.load import load_model, parse_model, read_model

__all__ = ["Conflict", "DecisionMaker", "Option", "load_model", "parse_model", "read_model"]
