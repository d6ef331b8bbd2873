"""The drafts file: everything a review needs to go on where it stopped, to be edited by hand too.

It is saved whole after every step, so that a review that is cut off has lost nothing. A file that
is no drafts file, or that was changed by somebody else meanwhile, is never replaced.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from detente.document import Document, MapNode, read_text, write_whole
from detente.document.emit import Short, Tree, Written, yaml_text
from detente.document.shape import Shape, Texts, kind_of, note_problems
from detente.document.tree import plain_of
from detente.errors import DetenteError, Place, Problem, Problems
from detente.reading.drafts.draft import Article, Check, Decision, Draft, Session, State, Step
from detente.reading.drafts.entry import drop_empty, styled
from detente.reading.found import Span
from detente.record.entries import SECTIONS
from detente.record.fields import ID
from detente.record.load import MAX_BYTES

__all__ = ["begin", "drafts_text", "load", "save"]

_HEAD = """\
# Draft entries that `detente read` proposes from an article. Only those whose decision is "written"
# stand in a record. Go on with: detente read --review THIS-FILE --dossier FOLDER
#
# You may change `decision` (open, accepted or skipped) and `entry`. Comments are not kept.
"""


# -- writing -------------------------------------------------------------------------------------


def save(path: Path | str, session: Session) -> Session:
    """Save a review, and return it as it is saved.

    Raises
    ------
    DetenteError
        If there is another file of that name, or the file was changed since it was read.
    """
    path = Path(path)
    place = Place(str(path))
    found = _digest_of(path)
    if found and session.saved and found != session.saved:
        what = f"{path} was changed by another program; what it says now was not read"
        raise DetenteError(Problem("changed-while-read", what, place))
    if found and not session.saved:
        _may_begin_anew(path, session)
    if session.saved and not found:
        # it was taken away; saving it again loses nothing
        found = ""
    text = drafts_text(session)
    write_whole(path, text, replace=bool(found))
    return replace(session, saved=_digest(text))


def begin(path: Path | str, session: Session) -> Session:
    """Begin a review in a file, or go on with the one that is there.

    Parameters
    ----------
    path : Path or str
        The drafts file, there or not.
    session : Session
        A new review of an article. Where the file holds decisions on the same article, they are
        kept, with its drafts; only what the record holds beside each is taken from here.

    Raises
    ------
    DetenteError
        ``other-article`` if the file holds decisions on another article, or on this one as it was
        before it was changed; ``would-overwrite`` if it is no drafts file.
    """
    path = Path(path)
    if not _digest_of(path):
        return save(path, session)
    _ours(path)
    old = load(path)
    if not old.begun:
        return save(path, replace(session, saved=old.saved))
    _same_article(path, old, session)
    fresh = {one.id: one for one in session.drafts}
    drafts = tuple(
        replace(one, check=new.check, beside=new.beside)
        if (new := fresh.get(one.id)) is not None and new.entry == one.entry
        else one
        for one in old.drafts
    )
    return save(path, replace(old, drafts=drafts, dossier=session.dossier))


def _same_article(path: Path, old: Session, new: Session) -> None:
    if old.article.sha256 != new.article.sha256:
        same = old.article.name == new.article.name
        changed = "that was changed since" if same else "not this one"
        what = f"{path} holds decisions on {old.article.name!r}, {changed}"
        raise DetenteError(Problem("other-article", what, Place(str(path))))


def _may_begin_anew(path: Path, session: Session) -> None:
    _ours(path)
    old = load(path)
    if old.begun:
        _same_article(path, old, session)
        what = f"{path} holds decisions"
        raise DetenteError(Problem("would-overwrite", what, Place(str(path))))


def _ours(path: Path) -> None:
    """Make sure that a file is a drafts file, whatever mistakes were made in it."""
    try:
        text = read_text(path, limit=MAX_BYTES)
        if text.startswith(_HEAD.partition("\n")[0]):
            return
        root = Document.parse(text, str(path)).root
        if isinstance(root, MapNode) and {"article", "drafts"} <= root.items.keys():
            return
    except DetenteError:
        pass
    what = f"{path} exists, and is no file of drafts"
    raise DetenteError(Problem("would-overwrite", what, Place(str(path))))


def _digest_of(path: Path) -> str:
    """Return the digest of a file, empty where there is none."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DetenteError(Problem("unwritable", f"{path}: {reason}", Place(str(path)))) from None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def drafts_text(session: Session) -> str:
    """Return a review as the text of a drafts file."""
    article = session.article
    tree: dict[str, Tree] = {
        "article": {
            key: value
            for key in ("name", "sha256", "published", "title")
            if (value := getattr(article, key))
        },
        "dossier": session.dossier,
        "drafts": [_draft_tree(session, draft) for draft in session.drafts],
    }
    if session.steps:
        tree["steps"] = [_step_tree(step) for step in session.steps]
    return _HEAD + yaml_text(tree)


def _draft_tree(session: Session, draft: Draft) -> dict[str, Tree]:
    decision = session.decision(draft.number)
    tree: dict[str, Tree] = {
        "number": Written(str(draft.number)),
        "decision": decision.state,
        "section": draft.section,
        "id": draft.id,
        "entry": styled(session.entry(draft)),
    }
    if decision.entry is not None:
        tree["proposed"] = styled(draft.entry)
    if decision.tried:
        tree["tried"] = decision.tried
    if decision.at:
        tree["written"] = decision.at
    if draft.place:
        tree["place"] = draft.place
    if draft.span is not None:
        tree["span"] = Short([Written(str(one)) for one in draft.span])
    if draft.words:
        tree["words"] = draft.words
    tree["check"] = draft.check
    if draft.beside:
        tree["beside"] = list(draft.beside)
    if draft.confidence:
        tree["confidence"] = draft.confidence
    for key in ("needs", "depends"):
        if value := getattr(draft, key):
            tree[key] = Short(list(value))
    return tree


def _step_tree(step: Step) -> dict[str, Tree]:
    tree: dict[str, Tree] = {
        "did": step.did,
        "number": Written(str(step.number)),
        "was": Short({str(number): state for number, state in step.was.items()}),
    }
    if step.entry is not None:
        tree["entry"] = styled(step.entry)
    return tree


# -- reading -------------------------------------------------------------------------------------


class _Article(Shape):
    name: str
    sha256: str
    published: str = ""
    title: str = ""


class _Draft(Shape):
    number: int = Field(ge=1, le=1_000_000)
    decision: State = "open"
    section: str
    id: str
    entry: dict[str, Any]
    proposed: dict[str, Any] | None = None
    tried: str = ""
    written: str = ""
    place: str = ""
    span: tuple[int, int] | None = None
    words: str = ""
    check: Check = "new"
    beside: Texts = Field([])
    confidence: str = ""
    needs: Texts = Field([])
    depends: Texts = Field([])


class _Step(Shape):
    did: Literal["accept", "skip", "edit"]
    number: int
    was: dict[int, State] = Field({})
    entry: dict[str, Any] | None = None


class _File(Shape):
    article: _Article
    dossier: str
    drafts: list[_Draft]
    steps: list[_Step] = Field([])


def load(path: Path | str) -> Session:
    """Read a drafts file.

    Raises
    ------
    DetenteError
        With every mistake in it, each with its place.
    """
    name = str(path)
    text = read_text(path, limit=MAX_BYTES)
    problems = Problems()
    document = Document.parse(text, name, problems=problems)
    root = document.root
    if not isinstance(root, MapNode) or not {"article", "drafts"} & root.items.keys():
        found = "other keys" if isinstance(root, MapNode) else kind_of(root)
        what = f"{name} is no file of drafts; it holds {found}"
        raise DetenteError(Problem("bad-draft", what, root.place))
    # a key that was left empty says no more than one that is not there
    drop_empty(root)
    file = _file(document, problems)
    if file is not None:
        _check(document, file, problems)
    if problems.errors or file is None:
        raise DetenteError(problems.sorted())
    return _session(file, _digest_of(Path(path)))


def _file(document: Document, problems: Problems) -> _File | None:
    for last in (False, True):
        try:
            return _File.model_validate(plain_of(document.root))
        except ValidationError as error:
            if last or not note_problems(document, _File, error, problems):
                return None
    return None


def _check(document: Document, file: _File, problems: Problems) -> None:
    numbers: dict[int, int] = {}
    ids: dict[str, int] = {}
    for k, one in enumerate(file.drafts):

        def bad(key: str, what: str, k: int = k, near: str | None = None) -> None:
            place = document.place("drafts", k, key)
            problems.add("bad-draft", what, place, suggestion=near)

        if one.section not in SECTIONS:
            near = problems.nearest(one.section, list(SECTIONS))
            bad("section", f"{one.section!r} is no section of a record", near=near)
        if not ID.fullmatch(one.id):
            problems.add("bad-id", f"{one.id!r} is no id", document.place("drafts", k, "id"))
        if numbers.setdefault(one.number, k) != k:
            bad("number", f"{one.number} is already the number of another draft")
        if ids.setdefault(one.id, k) != k:
            what = f"{one.id!r} is already the id of draft {file.drafts[ids[one.id]].number}"
            problems.add("duplicate-id", what, document.place("drafts", k, "id"))
        if one.span is not None and not 0 <= one.span[0] <= one.span[1]:
            bad("span", "a span ends where it begins or later")
        if one.decision == "written" and not one.written:
            bad("decision", "what is written says under `written` where it stands")


def _session(file: _File, digest: str) -> Session:
    drafts, decisions = [], {}
    for one in file.drafts:
        span = None if one.span is None else Span(*one.span)
        given: Mapping[str, Tree] = one.entry if one.proposed is None else one.proposed
        drafts.append(
            Draft(
                one.number,
                one.section,
                one.id,
                given,
                one.place,
                span,
                one.words,
                one.check,
                tuple(one.beside),
                one.confidence,
                tuple(one.needs),
                tuple(one.depends),
            )
        )
        edited = None if one.proposed is None else one.entry
        decision = Decision(one.decision, edited, one.tried, one.written)
        if decision != Decision():
            decisions[one.number] = decision
    known = {one.number for one in drafts}
    steps = tuple(
        Step(one.did, one.number, {n: s for n, s in one.was.items() if n in known}, one.entry)
        for one in file.steps
        # drafts may be taken out of the file by hand
        if one.number in known
    )
    article = Article(**file.article.model_dump())
    return Session(article, file.dossier, tuple(drafts), decisions, steps, digest)
