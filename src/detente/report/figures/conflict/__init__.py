"""Figures of one analysis: who stays where, the ways from the status quo, the deals."""
