"""``replay``: the analysis of a dossier at every date on which its conflict changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from detente.analysis.replay import Replay, Step, step_from
from detente.errors import DetenteError, Problem
from detente.framing import Framed, Judged
from detente.model import Conflict
from detente.record.dates import ALWAYS, DAY, NEVER, When, day_text, parse_when
from detente.record.turns import turning_days, turning_seconds
from detente.record.viewpoint import date_asked
from detente.study.run import Question, analyze, framed_for, games_seen, may_differ
from detente.study.sources import Source, open_source

__all__ = ["replay"]


def replay(
    source: Source | str,
    start: str,
    end: str,
    *,
    viewpoint: str | None = None,
    as_known_then: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Replay:
    """Run the analysis at every date of a period on which the framed conflict changes.

    Parameters
    ----------
    source : Source or str
        A dossier whose model has conditions, or a path for it.
    start, end : str
        The first and the last day.
    viewpoint : str, optional
        As whom the game is seen throughout.
    as_known_then : bool
        Leave out on each day what was first said later.
    progress : callable, optional
        Called with (days looked at, days in all).

    Raises
    ------
    DetenteError
        ``not-timed`` where the model is the same on every day, ``ends-before-start``, and all
        that `analyze` raises.
    """
    if isinstance(source, str):
        source = open_source(source)
    if not source.conflict.timed:
        what = "no part of the model holds only at times, so it is the same on every day"
        raise DetenteError(Problem("not-timed", what, source.conflict.place))
    first, last = _day(date_asked(start).earliest), _day(date_asked(end).latest)
    if first > last:
        what = f"the period begins on {day_text(first * DAY)} and ends on {day_text(last * DAY)}"
        raise DetenteError(Problem("ends-before-start", what))
    days = _days(source, first, last)
    steps: list[Step] = []
    before: Framed | None = None
    seen: list[Conflict] = []
    for done, day in enumerate(days):
        on = day_text(day * DAY)
        question = Question(on, on if as_known_then else None, viewpoint)
        try:
            framed = framed_for(source, question)
            assert framed is not None
            changed = before is None or framed.conflict != before.conflict
            sides = _sides(source, question, steps[-1:], seen, changed=changed)
            if changed or sides != seen:
                findings = analyze(
                    source, sim=False, on=on, known_by=question.known_by, viewpoint=viewpoint
                )
                steps.append(step_from(() if before is None else before.judged, on, findings))
                before, seen = framed, sides
        except DetenteError as error:
            raise DetenteError(
                replace(problem, what=f"on {on}: {problem.what}") for problem in error.problems
            ) from None
        if progress is not None:
            progress(done + 1, len(days))
    return Replay(
        day_text(first * DAY),
        day_text(last * DAY),
        tuple(steps),
        tuple(_idle(steps[0], first * DAY, (last + 1) * DAY - 1)),
        as_known_then,
    )


def _sides(
    source: Source, question: Question, last: list[Step], seen: list[Conflict], *, changed: bool
) -> list[Conflict]:
    """Return the game of every side, where the verdict can hang on how they see it.

    It does only where nothing else stands in the way; otherwise what was seen before stands.
    """
    if question.viewpoint is not None or not may_differ(source):
        return seen
    diagnosis = last[0].findings.diagnosis if last else None
    if not changed and (diagnosis is None or diagnosis.verdict not in ("open", "misperception")):
        return seen
    return [game for _, game in games_seen(source, question)]


def _day(second: int) -> int:
    return second // DAY


def _days(source: Source, first: int, last: int) -> list[int]:
    """Return the days of a period on which the framed conflict can change, the first included."""
    days = {first}
    for when in source.conflict.conditions():
        for text in () if when is None else (when.start, when.end):
            if text is not None:
                days |= {_day(second) for second in _turns(parse_when(text))}
    if source.record is not None:
        days |= set(turning_days(source.record))
    return sorted(day for day in days if first <= day <= last)


def _turns(when: When) -> Iterator[int]:
    return (second for second in turning_seconds(when) if ALWAYS < second < NEVER)


def _idle(step: Step, start: int, end: int) -> Iterator[Judged]:
    """Yield the conditions whose own dates keep them out of the whole period."""
    framed = step.findings.framed
    for one in () if framed is None else framed.judged:
        late = one.when.start is not None and parse_when(one.when.start).earliest > end
        over = one.when.end is not None and parse_when(one.when.end).earliest <= start
        if late or over:
            yield replace(one, in_force=False)
