"""One reproducible run, from what the analyst names to findings. The only door for the fronts."""

from detente.study.checks import check
from detente.study.naming import find_state
from detente.study.page import PageQuestion, page, page_of
from detente.study.replay import replay
from detente.study.run import Part, Question, analyze, framed_for
from detente.study.sources import Source, open_record, open_source

__all__ = [
    "PageQuestion",
    "Part",
    "Question",
    "Source",
    "analyze",
    "check",
    "find_state",
    "framed_for",
    "open_record",
    "open_source",
    "page",
    "page_of",
    "replay",
]
