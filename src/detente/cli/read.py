"""``detente read``: an article in, draft entries for a record out."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from detente import study
from detente.cli.screen import Flag, PathOrDash, show, show_json, talk
from detente.errors import DetenteError, Problem
from detente.report.screen.findings import problem_text
from detente.report.sentences.phrases import count

if TYPE_CHECKING:
    from detente.study import ReadArticle

__all__ = ["read"]

#: what stands for a dossier that is still to be named
_FOLDER = "FOLDER"


def read(
    path: PathOrDash,
    /,
    *,
    published: str | None = None,
    dossier: str | None = None,
    out: Annotated[str | None, Parameter(name=["--out", "-o"], allow_leading_hyphen=True)] = None,
    review: Flag = False,
    into: str | None = None,
    json: Flag = False,
    force: Flag = False,
) -> int:
    """Read an English news article: who said what, when, and what it would add to a record.

    Nothing that is found is asserted. It becomes drafts of entries; with --review each is shown
    with its passage, to be accepted, edited or skipped, and only what was accepted is written.

    Parameters
    ----------
    path
        A plain text, a saved web page or mail, or - for standard input. With --review also a file
        of drafts, to go on with it.
    published
        The day of publication, from which dates are counted; by default what the article says.
    dossier
        A dossier folder, a record file or a catalog slug: its actors are recognised, and what was
        found is held against its entries. For --review a dossier folder.
    out
        The file to keep drafts in, or - for standard output. By default a review keeps them under
        drafts/ in the dossier.
    review
        Decide on the drafts one by one, and write those accepted into the record of the dossier.
    into
        The record file a review writes to; by default one that is called like the source.
    json
        Print one JSON object.
    force
        Replace the file of --out whatever it is.
    """
    _refuse(path, dossier, out, into, review=review, json=json)
    if _names_drafts(path, review=review):
        return _go_on(path, dossier, into, only=review and out is None and published is None)
    found = study.read(path, published=published, dossier=dossier)
    if review and dossier is not None:
        folder = study.folder_to_write(dossier, found.session, into)
    for problem in found.reading.problems:
        talk(problem_text(problem))
    if review and dossier is not None:
        file = study.drafts_file(folder, path) if out is None else Path(out)
        return _review(study.keep(file, found.session, force=force), file, folder, into)
    if out == "-":
        sys.stdout.write(study.drafts_text(found.session))
        return 0
    if out is not None:
        study.keep(Path(out), found.session, force=force)
        talk(f"{count(len(found.drafts), 'draft')} written to {out}")
        talk(f"go on with: detente read --review {shlex.quote(out)} --dossier {_folder(found)}")
    _tell(found, path, published, json=json, screen=out is None)
    return 0


def _refuse(
    path: str, dossier: str | None, out: str | None, into: str | None, *, review: bool, json: bool
) -> None:
    """Refuse what does not go together."""
    what = None
    if review and json:
        what = "--review asks, and --json prints; ask for one"
    elif review and path == "-":
        what = "a review reads its answers from standard input, so the article is in a file"
    elif review and out == "-":
        what = "a review keeps its drafts in a file"
    elif json and out == "-":
        what = "--json and --out - both print on standard output; ask for one"
    elif into is not None and not review:
        what = "--into names the file that --review writes to; add --review"
    elif out is not None and out != "-" and Path(out).exists() and Path(path).exists():
        same = Path(out).samefile(path)
        what = f"{out} is the article itself" if same and not study.is_drafts(path) else None
    if what is None and review and dossier is None and not _names_drafts(path, review=True):
        what = "a review writes into a record: add --dossier FOLDER"
    if what is not None:
        raise DetenteError(Problem("bad-usage", what))


def _names_drafts(path: str, *, review: bool) -> bool:
    """Tell whether a review goes on with a file; an article that is YAML is none."""
    return study.is_drafts(path) or (review and Path(path).suffix.lower() in (".yaml", ".yml"))


def _go_on(path: str, dossier: str | None, into: str | None, *, only: bool) -> int:
    """Go on with a review that is kept in a file, if that is all that is asked for."""
    session = study.load_drafts(path)
    named = dossier or session.dossier
    if not only or not named:
        on = shlex.quote(named) if named else _FOLDER
        what = f"{path} holds drafts; go on with: detente read --review {path} --dossier {on}"
        raise DetenteError(Problem("bad-usage", what))
    return _review(session, Path(path), study.folder_to_write(named, session, into), into)


def _review(session: study.Session, file: Path, folder: Path, into: str | None) -> int:
    # what reads articles is loaded by this command alone
    from detente.cli.review import review  # noqa: PLC0415

    return review(session, file, folder, into=into)


def _tell(
    found: ReadArticle, path: str, published: str | None, *, json: bool, screen: bool
) -> None:
    from detente.report.data.reading import reading_data  # noqa: PLC0415
    from detente.report.screen.reading import reading_screen  # noqa: PLC0415

    if json:
        show_json(
            reading_data(
                found.reading,
                comparisons=found.comparisons,
                drafts=found.drafts,
                record=found.record,
            )
        )
    elif screen:
        show(
            reading_screen(
                found.reading,
                comparisons=found.comparisons,
                drafts=found.drafts,
                record=found.record,
                dossier=found.dossier,
                go_on=_how_to_go_on(found, path, published),
            )
        )


def _how_to_go_on(found: ReadArticle, path: str, published: str | None) -> list[str]:
    """Return the command that decides on the drafts."""
    if not found.drafts:
        return []
    name = "FILE" if path == "-" else shlex.quote(path)
    day = f" --published {published}" if published else ""
    folder = _folder(found)
    lines = [f"detente read {name}{day} --dossier {folder} --review"]
    if found.record is not None and folder == _FOLDER:
        lines.append(f"{found.dossier} itself stays as it is: FOLDER is yours, or a copy of it")
    return lines


def _folder(found: ReadArticle) -> str:
    """Return the dossier that a review can write to, or what stands for one."""
    named = found.dossier
    return shlex.quote(named) if named is not None and Path(named).is_dir() else _FOLDER
