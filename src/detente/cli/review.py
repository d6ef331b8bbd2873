"""The dialogue of a review: one draft at a time, one answer a line, so a pipe can answer too."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from detente.cli.screen import show, show_line, talk
from detente.document import read_text
from detente.document.emit import Tree
from detente.errors import DetenteError, shortened
from detente.reading.drafts.draft import Draft, Session
from detente.reading.drafts.entry import entry_lines
from detente.reading.drafts.review import Outcome, Review
from detente.report.screen.findings import problem_text

__all__ = ["review"]

_PROMPT = "[a]ccept [e]dit [s]kip [u]ndo [w]rite [q]uit [?]"
_HELP = """\
a  accept the draft, and with it the drafts it names
e  edit it: in $VISUAL or $EDITOR if one is set, else by lines of key: value
s  skip it; it stays in the file of drafts
u  take the last step back, one of an earlier session too
w  write all accepted drafts into the record
q  stop here; everything is saved, and --review goes on
7  go to draft 7"""
_LAST = "[y]es [n]o [u]ndo, or the number of a draft"
_LEAVE = ("q", "quit")
_CHECKS = {"new": "new", "there": "in the record already", "at-odds": "at odds with the record"}
_STYLES = {"new": "green", "there": "yellow", "at-odds": "red"}
#: keys whose values are the words that matter where they stand in the passage
_MARKED = frozenset({"text", "quote", "words", "dated", "by_office", "name", "office", "condition"})


def review(session: Session, drafts: Path, dossier: Path, *, into: Path | str | None = None) -> int:
    """Walk an analyst through drafts, reading one answer a line from standard input.

    The end of the input and Ctrl-C stop the walk as ``q`` does. Nothing is lost by either.

    Parameters
    ----------
    session : Session
        As `begin` or `load` returned it.
    drafts : Path
        The drafts file.
    dossier : Path
        The folder that accepted drafts are written to.
    into : Path or str, optional
        The record file they are put in.
    """
    walk = Review(session, drafts, dossier, into=into)
    try:
        _walk(walk)
    except KeyboardInterrupt:
        talk("")
    counts = walk.counts
    told = ", ".join(f"{counts[state]} {state}" for state in counts if counts[state])
    show_line(Text(told or "no drafts"))
    if counts["open"] or counts["accepted"]:
        talk(f"saved; go on with: detente read --review {drafts} --dossier {dossier}")
    return 0


def _walk(walk: Review) -> None:
    shown = 0
    while True:
        draft = walk.current
        if draft is None and not walk.counts["accepted"]:
            return
        if draft is None:
            show_line(Text(f"Write {_accepted(walk)} to {walk.into}? {_LAST}", "bold"))
        else:
            if shown != draft.number:
                show(_screen(walk, draft))
            show_line(Text(_PROMPT, "bold"))
        answer = _line()
        if answer is None or answer.lower() in _LEAVE or (draft is None and answer in ("n", "no")):
            return
        if draft is None and answer.lower() in ("y", "yes"):
            answer = "w"
        before = walk.current, walk.session
        _step(walk, answer)
        # what has not changed need not be shown again
        same = before == (walk.current, walk.session)
        shown = draft.number if same and draft is not None else 0


def _line() -> str | None:
    """Return the next line of the input without its end, or None at the end of the input."""
    if sys.stdin is None:
        return None
    try:
        line = sys.stdin.readline()
    except UnicodeDecodeError:
        return "?"
    return line.strip() if line else None


# -- answers -------------------------------------------------------------------------------------


def _step(walk: Review, answer: str) -> None:
    match answer.lower():
        case "a" | "accept":
            _tell(walk, walk.accept(), "accepted")
        case "s" | "skip":
            _tell(walk, walk.skip(), "skipped")
        case "u" | "undo":
            _tell(walk, walk.undo(), "taken back")
        case "w" | "write":
            _tell(walk, walk.write(), "written")
        case "e" | "edit":
            _edit(walk)
        case number if number.isdecimal() and len(number) < 7:
            if not walk.go(int(number)):
                talk(f"there is no draft {number}")
        case "" | "?" | "h" | "help":
            talk(_HELP)
        case _:
            talk(f"{shortened(answer, 20)!r} is none of the answers; ? tells what each does")


def _tell(walk: Review, outcome: Outcome, what: str) -> None:
    """Tell what came of a step."""
    for problem in outcome.problems:
        talk(problem_text(problem))
    numbers = outcome.needed_by
    if numbers:
        talk(f"draft {outcome.number} is named by {_drafts(walk, numbers)}; skip that first")
    elif not outcome.done and outcome.written:
        at = (f"{n} at {walk.session.decision(n).at}" for n in outcome.written)
        talk(f"written already, so it is changed in the record file: draft {', '.join(at)}")
    elif not outcome.done and not outcome.problems:
        talk("there is nothing to take back" if what == "taken back" else "no draft is open")
    elif outcome.done and what == "written":
        for number in outcome.written:
            talk(f"draft {number} {what}: {walk.session.decision(number).at}")
        if not outcome.written:
            talk("no draft is accepted")
    elif outcome.done:
        talk(f"draft {outcome.number} {what}")
    if outcome.done and outcome.also:
        talk(f"accepted with it, for it is named: {_drafts(walk, outcome.also)}")


def _drafts(walk: Review, numbers: Sequence[int]) -> str:
    drafts = [one for n in numbers if (one := walk.session.draft(n)) is not None]
    return ", ".join(f"draft {one.number} ({one.section} {one.id})" for one in drafts)


def _accepted(walk: Review) -> str:
    accepted = walk.counts["accepted"]
    return f"{accepted} accepted {'entry' if accepted == 1 else 'entries'}"


# -- editing -------------------------------------------------------------------------------------


def _edit(walk: Review) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if editor and sys.stdin is not None and sys.stdin.isatty():
        _edit_with(walk, editor)
    else:
        _edit_lines(walk)


def _edit_lines(walk: Review) -> None:
    """Ask for keys and values until they make an entry, or none are given."""
    show_line(Text("key: value, line by line; an empty line ends; no value takes the key out"))
    while lines := list(_lines()):
        outcome = walk.merge("\n".join(lines) + "\n")
        _tell(walk, outcome, "edited")
        if outcome.done or outcome.written or not outcome.problems:
            return
        show_line(Text("more lines mend it; an empty line leaves it as it was"))


def _lines() -> Iterator[str]:
    while sys.stdin is not None:
        line = sys.stdin.readline()
        if not line.strip():
            return
        # the space a line begins with says what it belongs to
        yield line.rstrip()


def _edit_with(walk: Review, editor: str) -> None:
    """Open an editor until what it leaves is an entry, or the analyst leaves it."""
    while True:
        draft = walk.current
        text = walk.text
        if draft is None or (changed := _edited(editor, draft, text)) is None:
            return
        if changed.strip() in ("", text.strip()):
            talk("nothing was changed")
            return
        outcome = walk.edit(changed)
        _tell(walk, outcome, "edited")
        if outcome.done or not outcome.problems:
            return
        show_line(Text("[e]dit again, anything else leaves it; the text is kept", "bold"))
        answer = _line()
        if answer is None or answer.lower() not in ("e", "edit"):
            return


def _edited(editor: str, draft: Draft, text: str) -> str | None:
    """Return what an editor makes of a text; None where it could not be run."""
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        file = Path(folder) / f"draft-{draft.number}.yaml"
        file.write_text(text, encoding="utf-8")
        try:
            # the analyst named the command
            done = subprocess.run([*shlex.split(editor), str(file)], check=False)  # noqa: S603
        except (OSError, ValueError) as error:
            talk(f"{editor}: {error}")
            return None
        if done.returncode:
            talk(f"{editor} ended with {done.returncode}; nothing was changed")
            return None
        try:
            return read_text(file)
        except DetenteError as error:
            for problem in error.problems:
                talk(problem_text(problem))
            return None


# -- what is shown -------------------------------------------------------------------------------


def _screen(walk: Review, draft: Draft) -> RenderableType:
    session, decision = walk.session, walk.session.decision(draft.number)
    position = [one.number for one in session.drafts].index(draft.number) + 1
    head = Text.assemble(
        (f"{position} of {len(session.drafts)}", "bold"),
        f"  draft {draft.number}  {_clean(draft.place)}  ",
        (_CHECKS[draft.check], _STYLES[draft.check]),
        f"  {_clean(draft.confidence)}",
    )
    if decision.state != "open":
        head.append(f"  {decision.state} {decision.at}".rstrip(), "bold")
    entry = session.entry(draft)
    parts: list[RenderableType] = [Text(""), head]
    if draft.words:
        parts.append(Padding(_passage(draft.words, entry), (1, 2)))
    else:
        parts.append(Text(""))
    lines = [f"{draft.section}:", *entry_lines(draft.id, entry, 2, 2)]
    parts.append(Text(_clean("\n".join(lines)), "cyan"))
    if draft.check != "new" and draft.beside:
        parts.append(Text("beside it the record holds", "bold"))
        parts += [Padding(Text(_clean(line)), (0, 0, 0, 2)) for line in draft.beside]
    if needs := session.needs(draft):
        parts.append(Text(f"left open: {', '.join(needs)}", "yellow"))
    if also := walk.also:
        parts.append(Text(f"accepting it accepts {_drafts(walk, also)}", "dim"))
    if decision.tried:
        parts.append(Text("an edit that is no entry yet is kept; e goes on with it", "yellow"))
    return Group(*parts)


def _passage(words: str, entry: Mapping[str, Tree]) -> Text:
    """Return a passage with the words that the entry takes from it marked."""
    passage = Text(_clean(" ".join(words.split())))
    for word in _words(entry):
        clean = _clean(" ".join(word.split()))
        start = passage.plain.find(clean) if len(clean) > 1 else -1
        while start >= 0:
            passage.stylize("bold underline", start, start + len(clean))
            start = passage.plain.find(clean, start + len(clean))
    return passage


def _words(tree: Tree, key: str = "") -> Iterator[str]:
    if isinstance(tree, str):
        if key in _MARKED:
            yield tree
    elif isinstance(tree, Mapping):
        for inner, value in tree.items():
            yield from _words(value, inner)
    elif isinstance(tree, Sequence):
        for value in tree:
            yield from _words(value, key)


def _clean(text: str) -> str:
    """Return a text without what moves a cursor or turns the direction of writing."""
    return "".join(
        sign
        if sign.isprintable() or sign == "\n"
        else " "
        if unicodedata.category(sign) == "Zs" or sign == "\t"
        else "\N{REPLACEMENT CHARACTER}"
        for sign in text
    )
