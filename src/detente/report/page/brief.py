"""What a page tells: the results of one run, both halves or one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detente.analysis import Findings
from detente.analysis.replay import Replay
from detente.record import Standing
from detente.report.sentences.why import Why

__all__ = ["Brief"]


@dataclass(frozen=True)
class Brief:
    """What a page tells.

    Attributes
    ----------
    source : str
        The path, catalog slug or ``<stdin>`` that was read.
    version : str
    command : str
        The command that makes the page again.
    findings : Findings or None
        The conflict half; None for a record without a model.
    why : callable
        From a state, a decision maker and a concept to the reason why it is stable or not.
    standing : Standing or None
        The record half, all accounts side by side or from the viewpoint that was asked for; None
        for a model without a record.
    seen : tuple of Standing
        The same date from the viewpoint of one actor after the other.
    replay : Replay or None
        How the answer moved, where that was asked for.
    entry : mapping or None
        What the catalog says of the model, where it is one of its entries.
    """

    source: str
    version: str
    command: str
    findings: Findings | None
    why: Why
    standing: Standing | None
    seen: tuple[Standing, ...] = ()
    replay: Replay | None = None
    entry: Mapping[str, Any] | None = None
