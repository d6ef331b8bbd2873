"""Figures of a record, and of a replay, over time."""
