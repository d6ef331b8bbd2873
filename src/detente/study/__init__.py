"""One reproducible run, from what the analyst names to findings. The only door for the fronts.

What reads articles is loaded when it is first asked for; no other command waits for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.study.checks import check
from detente.study.naming import find_state
from detente.study.page import PageQuestion, page, page_of
from detente.study.replay import replay
from detente.study.run import Part, Question, analyze, framed_for
from detente.study.sources import Source, open_record, open_source

if TYPE_CHECKING:
    from detente.study.reading import (
        ReadArticle,
        Session,
        drafts_file,
        drafts_text,
        folder_to_write,
        is_drafts,
        keep,
        load_drafts,
        read,
    )

__all__ = [
    "PageQuestion",
    "Part",
    "Question",
    "ReadArticle",
    "Session",
    "Source",
    "analyze",
    "check",
    "drafts_file",
    "drafts_text",
    "find_state",
    "folder_to_write",
    "framed_for",
    "is_drafts",
    "keep",
    "load_drafts",
    "open_record",
    "open_source",
    "page",
    "page_of",
    "read",
    "replay",
]

#: what is loaded when it is first asked for
_LATER = frozenset(
    {
        "ReadArticle", "Session", "drafts_file", "drafts_text", "folder_to_write", "is_drafts",
        "keep", "load_drafts", "read",
    }
)  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.reading"), name)
