"""``detente read``: an article in, draft entries for a record out."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from detente import study
from detente.cli.screen import Flag, PathOrDash, show, show_json, talk
from detente.document import write_whole
from detente.errors import DetenteError, Problem
from detente.report.screen.findings import problem_text

if TYPE_CHECKING:
    from detente.reading.drafts import Session
    from detente.study import ReadArticle

__all__ = ["read"]

#: what of a file that is there --force does away with
_REPLACED = frozenset({"would-overwrite", "other-article", "bad-draft", "duplicate-id", "bad-id"})


def read(
    path: PathOrDash,
    /,
    *,
    published: str | None = None,
    dossier: str | None = None,
    out: Annotated[
        str | None, Parameter(name=["--out", "-o"], allow_leading_hyphen=True)
    ] = None,
    review: Flag = False,
    into: str | None = None,
    json: Flag = False,
    force: Flag = False,
) -> int:
    """Read an English news article: who said what, when, and what it would add to a record.

    Nothing that is found is asserted. What is found becomes drafts of entries, and with --review
    each is shown with its passage, to be accepted, edited or skipped. Only what is accepted is
    written, and only into the record of the dossier that is named.

    Parameters
    ----------
    path
        A plain text, a saved web page or mail, or - for standard input. With --review also a file
        of drafts, whose review goes on.
    published
        The day of publication, from which dates are counted; it goes before what the article says.
    dossier
        A dossier folder, a record file or a catalog slug: its actors are recognised, and what is
        found is held against its entries. For --review a dossier folder.
    out
        The file to keep drafts in, or - for standard output. By default a review keeps them in the
        folder `drafts` of the dossier.
    review
        Decide on the drafts one by one, and write those accepted into the record.
    into
        The record file that a review writes to; by default one that is called like the article.
    json
        Print one JSON object.
    force
        Replace the file of --out whatever it is.
    """
    _together(out, into, review=review, json=json)
    if study.is_drafts(path):
        return _go_on(path, dossier, into, review=review, given=(published, out, json))
    if review:
        _may_review(path, dossier)
    found = study.read(path, published=published, dossier=dossier)
    for problem in found.reading.problems:
        talk(problem_text(problem))
    if review and dossier is not None:
        return _review(found, dossier, out, into, force=force)
    if out == "-":
        sys.stdout.write(_drafts().file.drafts_text(found.session))
        return 0
    if out is not None:
        _begin(Path(out), found.session, force=force)
        talk(f"{len(found.drafts)} drafts written to {out}; {_how_to_go_on(out, dossier)}")
    if json:
        _json(found)
    elif out is None:
        _screen(found, path, published)
    return 0


def _drafts() -> Any:
    """Return what keeps drafts; like all that reads articles it is loaded here alone."""
    return import_module("detente.reading.drafts")
