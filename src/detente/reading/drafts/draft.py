"""Draft entries, what the analyst decided on each, and a review in the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from detente.document.emit import Noted, Short, Tree
from detente.reading.found import Span

__all__ = ["Article", "Check", "Decision", "Draft", "Session", "State", "Step", "plain_tree"]

#: what the record holds of it already
Check = Literal["new", "there", "at-odds"]

#: what was decided; what is written stands in a record file
State = Literal["open", "accepted", "skipped", "written"]

#: an entry as it is read from a file: keys, lists and texts, no forms of writing
Entry: TypeAlias = "Mapping[str, Tree]"


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry that is proposed for the record.

    Attributes
    ----------
    number : int
        What the draft is called in a review, from 1.
    section : str
        The section of a record file that it belongs to.
    id : str
        The id proposed; no entry of the dossier and no other draft has it.
    entry : mapping of str to tree
        The entry as it would stand in a record file. Forms of writing are left out.
    place : str
        Where in the article, as the record cites it: ``P7``.
    span : Span or None
        The characters of the article.
    words : str
        The passage, for showing.
    check : str
        Whether the record has it not, has it already, or says something else.
    beside : tuple of str
        Lines on what the record holds, each with its file and line.
    confidence : str
    needs : tuple of str
        Keys that were left open.
    depends : tuple of str
        Ids of other drafts that the entry names.
    """

    number: int
    section: str
    id: str
    entry: Entry
    place: str = ""
    span: Span | None = None
    words: str = ""
    check: Check = "new"
    beside: tuple[str, ...] = ()
    confidence: str = ""
    needs: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "entry", plain_tree(self.entry))


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a draft.

    Attributes
    ----------
    state : str
    entry : mapping of str to tree, or None
        The entry as it was edited; None where it is as proposed.
    tried : str
        A text that was tried as the entry and is none yet.
    at : str
        Where a written entry stands: file and line.
    """

    state: State = "open"
    entry: Entry | None = None
    tried: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a review, so that it can be taken back.

    Attributes
    ----------
    did : str
    number : int
        The draft that was decided on.
    was : mapping of int to str
        How it stood before, and those that were accepted with it.
    entry : mapping of str to tree, or None
        Of an edit: the entry as it had been edited before.
    """

    did: Literal["accept", "skip", "edit"]
    number: int
    was: Mapping[int, State]
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The article that drafts were made from: what it is called, and the text it had."""

    name: str
    sha256: str
    published: str = ""
    title: str = ""


@dataclass(frozen=True)
class Session:
    """A review: the drafts, what was decided, and every step in order.

    Attributes
    ----------
    article : Article
    dossier : str
        The dossier that the drafts are for, as it was named.
    drafts : tuple of Draft
    decisions : mapping of int to Decision
        By the number of the draft; those that are open and untouched may be left out.
    steps : tuple of Step
    saved : str
        Digest of the drafts file as it was last read or written; empty for a new review.
    """

    article: Article
    dossier: str
    drafts: tuple[Draft, ...]
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    saved: str = field(default="", compare=False)

    def draft(self, number: int) -> Draft | None:
        """Return the draft of a number, or None."""
        return next((one for one in self.drafts if one.number == number), None)

    def decision(self, number: int) -> Decision:
        """Return what was decided on a draft."""
        return self.decisions.get(number, Decision())

    def entry(self, draft: Draft) -> Entry:
        """Return the entry of a draft as it stands: as edited, or else as proposed."""
        edited = self.decision(draft.number).entry
        return draft.entry if edited is None else edited

    def needs(self, draft: Draft) -> tuple[str, ...]:
        """Return the keys of a draft that are still open."""
        entry = self.entry(draft)
        return tuple(key for key in draft.needs if not entry.get(key))

    def numbers(self, state: State) -> tuple[int, ...]:
        """Return the numbers of the drafts in a state, in order."""
        return tuple(d.number for d in self.drafts if self.decision(d.number).state == state)

    @property
    def begun(self) -> bool:
        """Tell whether there is anything that a new review would lose."""
        return any(one != Decision() for one in self.decisions.values())


def plain_tree(tree: Entry) -> dict[str, Tree]:
    """Return an entry without forms of writing, as it is when it is read back from a file."""
    return {_text(key): _plain(value) for key, value in tree.items()}


def _plain(tree: Tree) -> Tree:
    if isinstance(tree, Short | Noted):
        return _plain(tree.tree)
    if isinstance(tree, str):
        return _text(tree)
    if isinstance(tree, Mapping):
        return plain_tree(tree)
    return [_plain(item) for item in tree]


def _text(text: str) -> str:
    # half a pair of surrogates stands in no text file
    return str(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
