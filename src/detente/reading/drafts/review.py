"""The steps of a review, with no terminal in it; each is saved before it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from detente.errors import DetenteError, Place, Problem
from detente.reading.drafts.draft import Decision, Draft, Session, State, Step
from detente.reading.drafts.entry import (
    Checked,
    check_entry,
    entry_text,
    merged,
    misnamed,
    named,
)
from detente.reading.drafts.file import save
from detente.reading.drafts.insert import Inserted, insert
from detente.record.entries import SECTIONS, AnyEntry
from detente.record.fields import ID
from detente.record.load import read_record
from detente.record.record import Record, kind_of_entry

__all__ = ["Outcome", "Review", "default_target"]


@dataclass(frozen=True)
class Outcome:
    """What came of a step.

    Attributes
    ----------
    done : bool
        Whether the step was taken; if not, nothing changed.
    number : int
        The draft it was about; 0 for none.
    problems : tuple of Problem
        Why it was not taken; of what was written, what `check` now warns of.
    also : tuple of int
        Drafts that were accepted with it, for it names them.
    needed_by : tuple of int
        Accepted drafts that name it, which kept it from being skipped.
    written : tuple of int
        Drafts that were written; of a step back, those that kept it from being taken back.
    inserted : Inserted or None
    """

    done: bool
    number: int = 0
    problems: tuple[Problem, ...] = ()
    also: tuple[int, ...] = ()
    needed_by: tuple[int, ...] = ()
    written: tuple[int, ...] = ()
    inserted: Inserted | None = None


class Review:
    """A walk through drafts.

    Parameters
    ----------
    session : Session
    path : Path or str
        The drafts file, which is saved after every step.
    folder : Path or str
        The dossier that accepted drafts are written to.
    into : Path or str, optional
        The record file they are put in; by default one that is called like the source.
    """

    def __init__(
        self,
        session: Session,
        path: Path | str,
        folder: Path | str,
        *,
        into: Path | str | None = None,
    ) -> None:
        self.path = Path(path)
        self.folder = Path(folder)
        self.session = session if session.saved else save(self.path, session)
        self.into = default_target(session) if into is None else into
        self._record: Record | None = None
        self._asked = False
        self._at = self._next(0)

    # -- looking -----------------------------------------------------------------------------

    @property
    def current(self) -> Draft | None:
        """Return the draft that is to be decided on, or None where none is open."""
        return self.session.draft(self._at)

    @property
    def done(self) -> bool:
        """Tell whether every draft is decided on."""
        return not self.session.numbers("open")

    @property
    def counts(self) -> Mapping[State, int]:
        """Return how many drafts are in each state."""
        states: tuple[State, ...] = ("open", "accepted", "skipped", "written")
        return {state: len(self.session.numbers(state)) for state in states}

    @property
    def text(self) -> str:
        """Return the current entry as YAML to be edited: as tried last, or as it stands."""
        draft = self.current
        if draft is None:
            return ""
        return self.session.decision(draft.number).tried or self._text(draft)

    @property
    def also(self) -> tuple[int, ...]:
        """Return the drafts that are accepted with the current one, for it names them."""
        draft = self.current
        if draft is None or self._written(draft):
            return ()
        return tuple(sorted(n for n in self._with_named([draft])[0] if n != draft.number))

    def go(self, number: int) -> bool:
        """Turn to a draft, decided or not; tell whether there is one."""
        if self.session.draft(number) is None:
            return False
        self._at = number
        return True

    # -- deciding ----------------------------------------------------------------------------

    def accept(self) -> Outcome:
        """Accept the current draft, and with it the drafts it names."""
        draft = self.current
        if draft is None or self._written(draft):
            return self._not_here(draft)
        wanted, problems = self._with_named([draft])
        if problems:
            return Outcome(False, draft.number, tuple(problems))
        also = tuple(sorted(n for n in wanted if n != draft.number))
        self._set("accepted", "accept", (draft.number, *also))
        return Outcome(True, draft.number, also=also)

    def skip(self) -> Outcome:
        """Skip the current draft, unless an accepted one names it."""
        draft = self.current
        if draft is None or self._written(draft):
            return self._not_here(draft)
        accepted = [d for d in self.session.drafts if self._state(d) == "accepted" and d != draft]
        needed_by = tuple(d.number for d in accepted if draft.id in self._names(d))
        if needed_by:
            return Outcome(False, draft.number, needed_by=needed_by)
        self._set("skipped", "skip", (draft.number,))
        return Outcome(True, draft.number)

    def edit(self, text: str) -> Outcome:
        """Put a text in place of the current entry; one that is no entry is kept to be mended."""
        draft = self.current
        if draft is None or self._written(draft):
            return self._not_here(draft)
        number, decision = draft.number, self.session.decision(draft.number)
        checked = self._checked(draft, text)
        if checked.problems or checked.entry is None:
            self._save(self.session, {number: replace(decision, tried=text)})
            return Outcome(False, number, checked.problems)
        # what was accepted is looked at once more, for it says something else now
        step = Step("edit", number, {number: decision.state}, decision.entry)
        new = Decision("open", None if checked.entry == draft.entry else checked.entry)
        self._save(replace(self.session, steps=(*self.session.steps, step)), {number: new})
        return Outcome(True, number)

    def merge(self, lines: str) -> Outcome:
        """Put the values of some keys into the current entry; no value takes a key out."""
        draft = self.current
        if draft is None or self._written(draft):
            return self._not_here(draft)
        name = f"draft {draft.number}"
        try:
            base = merged({}, self.text, name=name) if self.text.strip() else {}
        except DetenteError:
            base = dict(self.session.entry(draft))
        try:
            entry = merged(base, lines, name="these lines")
        except DetenteError as error:
            return Outcome(False, draft.number, error.problems)
        return self.edit(entry_text(entry) or "{}\n")

    def undo(self) -> Outcome:
        """Take the last step back, of an earlier sitting too; nothing that is written."""
        if not self.session.steps:
            return Outcome(False)
        step = self.session.steps[-1]
        written = tuple(n for n in step.was if self.session.decision(n).state == "written")
        if written:
            return Outcome(False, step.number, written=written)
        changed = {n: replace(self.session.decision(n), state=was) for n, was in step.was.items()}
        if step.did == "edit" and step.number in changed:
            changed[step.number] = replace(changed[step.number], entry=step.entry)
        self._save(replace(self.session, steps=self.session.steps[:-1]), changed)
        self._at = step.number
        return Outcome(True, step.number)

    def write(self) -> Outcome:
        """Put all accepted drafts into the record."""
        accepted = [d for d in self.session.drafts if self._state(d) == "accepted"]
        self._asked = False
        here = self._there_already(accepted)
        waiting = [d for d in accepted if d.number not in here]
        try:
            wanted, problems = self._with_named(waiting)
            if problems:
                return Outcome(False, 0, tuple(problems))
            chosen = [d for d in self.session.drafts if d.number in wanted]
            ready = [replace(d, entry=self.session.entry(d)) for d in chosen]
            inserted = insert(self.folder, self.into, ready) if ready else None
        except DetenteError as error:
            return Outcome(False, 0, error.problems)
        finally:
            self._asked = False
        if inserted is not None:
            for one in ready:
                place = inserted.places[one.id]
                here[one.number] = f"{place.file}:{place.line}"
        changed = {n: replace(self.session.decision(n), state="written", at=at, tried="")
                   for n, at in here.items()}  # fmt: skip
        if changed:
            self._save(self.session, changed)
        also = tuple(sorted({*wanted} - {d.number for d in accepted}))
        warnings = () if inserted is None else inserted.warnings
        return Outcome(True, 0, warnings, also=also, written=tuple(sorted(here)), inserted=inserted)

    # -- what the steps rest on --------------------------------------------------------------

    def _state(self, draft: Draft) -> State:
        return self.session.decision(draft.number).state

    def _written(self, draft: Draft) -> bool:
        return self._state(draft) == "written"

    def _not_here(self, draft: Draft | None) -> Outcome:
        """Return that there is nothing to decide on, or that it is in the record by now."""
        return Outcome(False) if draft is None else Outcome(
            False, draft.number, written=(draft.number,)
        )  # fmt: skip

    def _text(self, draft: Draft) -> str:
        return entry_text(self.session.entry(draft), draft.needs)

    def _checked(self, draft: Draft, text: str | None = None) -> Checked:
        text = self._text(draft) if text is None else text
        name = f"draft {draft.number}"
        return check_entry(text, draft.section, draft.id, name=name, needs=draft.needs)

    def _names(self, draft: Draft) -> set[str]:
        """Return the ids that a draft names."""
        checked = self._checked(draft)
        return {one.id for one in named(checked)} if checked.model else set(draft.depends)

    def _with_named(self, drafts: Sequence[Draft]) -> tuple[list[int], list[Problem]]:
        """Return the numbers of drafts and of those they name, and what is wrong with any."""
        by_id = {one.id: one for one in self.session.drafts}
        entries = self._entries()
        taken = set(entries)
        kinds = {d.id: SECTIONS[d.section].__name__.lower() for d in self.session.drafts}
        kinds |= {id_: kind_of_entry(entry) for id_, entry in entries.items()}
        numbers: list[int] = []
        problems: list[Problem] = []
        waiting = list(drafts)
        while waiting:
            draft = waiting.pop(0)
            if draft.number in numbers:
                continue
            numbers.append(draft.number)
            checked = self._checked(draft)
            problems += checked.problems
            if draft.id in taken:
                what = f"the id {draft.id!r} of draft {draft.number} is in the record already"
                place = Place(f"draft {draft.number}")
                problems.append(Problem("duplicate-id", what, place))
            for naming in named(checked):
                other = None if naming.id in taken else by_id.get(naming.id)
                state = None if other is None else self._state(other)
                fits = not naming.kinds or kinds.get(naming.id) in naming.kinds
                if other is not None and state == "skipped":
                    skipped = other.number
                    problems.append(misnamed(checked, naming, kinds, skipped=skipped))
                elif self._record is not None and (naming.id not in kinds or not fits):
                    problems.append(misnamed(checked, naming, kinds))
                elif other is not None and state == "open":
                    waiting.append(other)
        return numbers, problems

    def _entries(self) -> Mapping[str, AnyEntry]:
        """Return the entries of the record; none where it cannot be read, which is told later."""
        if not self._asked:
            self._asked = True
            try:
                self._record = read_record(self.folder).record
            except DetenteError:
                self._record = None
        return {} if self._record is None else self._record.entries

    def _there_already(self, drafts: Sequence[Draft]) -> dict[int, str]:
        """Return the drafts that stand in the record: a review was cut off before it said so."""
        here: dict[int, str] = {}
        entries = self._entries()
        for draft in drafts:
            if draft.id in entries and self._checked(draft).model == entries[draft.id]:
                assert self._record is not None
                place = self._record.places[draft.id]
                here[draft.number] = f"{place.file}:{place.line}"
        return here

    def _next(self, after: int) -> int:
        """Return the number of the next open draft, from the first again after the last; or 0."""
        numbers = [d.number for d in self.session.drafts]
        at = numbers.index(after) + 1 if after in numbers else 0
        for number in (*numbers[at:], *numbers[:at]):
            if self.session.decision(number).state == "open":
                return number
        return 0

    def _set(self, state: State, did: str, numbers: Sequence[int]) -> None:
        was = {n: self.session.decision(n).state for n in numbers}
        if set(was.values()) != {state}:
            step = Step("accept" if did == "accept" else "skip", numbers[0], was)
            changed = {n: replace(self.session.decision(n), state=state) for n in numbers}
            self._save(replace(self.session, steps=(*self.session.steps, step)), changed)
        self._at = self._next(numbers[0])

    def _save(self, session: Session, changed: Mapping[int, Decision]) -> None:
        """Save a review with some decisions changed; only then they count."""
        decisions = {**session.decisions, **changed}
        kept = {n: one for n, one in decisions.items() if one != Decision()}
        self.session = save(self.path, replace(session, decisions=kept))


def default_target(session: Session) -> str:
    """Return the record file that is called like the source of the drafts."""
    ids = [one.id for one in session.drafts if one.section == "sources"]
    for draft in session.drafts:
        sources = session.entry(draft).get("sources")
        ids += [
            str(one.get("source", "") if isinstance(one, Mapping) else one or "")
            for one in (sources if isinstance(sources, list) else [sources])
        ]
    name = next((one for one in ids if ID.fullmatch(one)), "read")
    return f"record/{name}.yaml"
