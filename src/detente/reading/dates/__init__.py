"""The dates, periods and lengths of time that a text names, and what they mean."""

from detente.reading.dates.find import find_dates

__all__ = ["find_dates"]
