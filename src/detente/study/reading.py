"""An article read, beside the record of a dossier where one is named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.catalog import find_entry, load_entry
from detente.document import Document, MapNode, read_text, write_whole
from detente.errors import DetenteError, Place, Problem
from detente.reading.against import Comparison, check
from detente.reading.drafts import Article, Draft, Session, begin, default_target
from detente.reading.drafts import load as load_drafts
from detente.reading.drafts.file import drafts_text
from detente.reading.drafts.target import make_folders, target_file
from detente.reading.opening import open_article
from detente.reading.proposals import drafts_of
from detente.reading.read import Reading
from detente.reading.read import read as read_opened
from detente.record import Record
from detente.record.load import MAX_BYTES
from detente.record.memory import without_collector
from detente.study.sources import open_record

__all__ = [
    "ReadArticle",
    "Session",
    "drafts_file",
    "drafts_text",
    "folder_to_write",
    "is_drafts",
    "keep",
    "load_drafts",
    "read",
]

#: what may keep a file from being replaced, short of --force
_IN_THE_WAY = frozenset({"would-overwrite", "other-article", "bad-draft"})

#: the first line of every file of drafts that the program writes
_FIRST_LINE = drafts_text(Session(Article("", ""), "", ())).partition("\n")[0]


@dataclass(frozen=True)
class ReadArticle:
    """What was found in an article, and what becomes of it.

    Attributes
    ----------
    reading : Reading
        What the article says; nothing of it is asserted.
    comparisons : tuple of Comparison
        What of it the record holds too, and whether both say the same; empty without a record.
    drafts : tuple of Draft
        Entries that are proposed for the record.
    record : Record or None
        The record it was read beside.
    dossier : str or None
        As it was named.
    """

    reading: Reading
    comparisons: tuple[Comparison, ...] = ()
    drafts: tuple[Draft, ...] = ()
    record: Record | None = None
    dossier: str | None = None

    @property
    def session(self) -> Session:
        """Return a review of the drafts that has not begun."""
        article = self.reading.article
        about = Article(article.name, article.sha256, article.published or "", article.title or "")
        return Session(about, self.dossier or "", self.drafts)


def read(path: str, *, published: str | None = None, dossier: str | None = None) -> ReadArticle:
    """Read an article, and hold it against a record.

    Parameters
    ----------
    path : str
        A plain text, a web page or a saved mail; ``-`` for standard input.
    published : str, optional
        The day it was published, ``2021-10-30``; it goes before what the article says.
    dossier : str, optional
        A dossier folder, a record file or a catalog slug, whose actors are recognised and whose
        entries are compared. A folder without a record has nothing to compare yet.

    Raises
    ------
    DetenteError
        If the article cannot be read, or the record has errors.
    """
    if path == "-" == dossier:
        what = "article and record cannot both come from standard input"
        raise DetenteError(Problem("bad-usage", what))
    # a slip in the name of the article is told before a large record is read
    article = open_article(path, published=published)
    record = None if dossier is None or _is_new(dossier) else open_record(dossier)
    with without_collector():
        reading = read_opened(article, record=record)
        comparisons = () if record is None else check(reading, record)
        drafts = drafts_of(reading, record, comparisons)
    return ReadArticle(reading, comparisons, drafts, record, dossier)


def _is_new(dossier: str) -> bool:
    """Tell whether a dossier is a folder that holds no record yet."""
    folder = Path(dossier)
    return folder.is_dir() and not (folder / "record").is_dir()


def is_drafts(path: str) -> bool:
    """Tell whether a file is one of drafts, whatever mistakes were made in it by hand."""
    if path == "-" or not Path(path).is_file():
        return False
    try:
        text = read_text(path, limit=MAX_BYTES)
        if text.startswith(_FIRST_LINE):
            return True
        if Path(path).suffix.lower() not in (".yaml", ".yml"):
            return False
        root = Document.parse(text, path).root
    except DetenteError:
        return False
    return isinstance(root, MapNode) and {"article", "drafts"} <= root.items.keys()


def keep(path: Path, session: Session, *, force: bool = False) -> Session:
    """Keep drafts in a file, and return the review as it stands: what was decided there stays.

    Parameters
    ----------
    path : Path
        The drafts file. Where it holds decisions on the same article, they are kept.
    session : Session
        A review that has not begun.
    force : bool
        Replace a file of that name whatever it is.

    Raises
    ------
    DetenteError
        ``would-overwrite`` if it is another file, ``other-article`` if it holds decisions on
        another article; all that keeps it from being written.
    """
    try:
        return begin(path, session)
    except DetenteError as error:
        if not force or _IN_THE_WAY.isdisjoint(one.code for one in error.problems):
            raise
    write_whole(path, drafts_text(session), replace=True)
    return load_drafts(path)


def drafts_file(dossier: Path, article: str) -> Path:
    """Return the file in which a review keeps its drafts unless another is named; make its folder.

    Parameters
    ----------
    dossier : Path
    article : str
        The name of the article.
    """
    file = dossier / "drafts" / f"{Path(article).stem or 'article'}.yaml"
    make_folders(file, str(file))
    return file


def folder_to_write(dossier: str, session: Session, into: str | None = None) -> Path:
    """Return the folder of a dossier that drafts can be written to.

    Parameters
    ----------
    dossier : str
        As it was named.
    session : Session
    into : str, optional
        The record file that is to be written.

    Raises
    ------
    DetenteError
        ``unwritable`` for a catalog entry, and what keeps the file from being written.
    """
    folder = Path(dossier)
    if not folder.exists() and (slug := find_entry(dossier)) is not None:
        what = (
            f"{slug} comes with the program and stays as it is: copy its folder "
            f"{load_entry(slug).folder} first, and give --dossier the copy"
        )
        raise DetenteError(Problem("unwritable", what, Place(dossier)))
    target_file(folder, default_target(session) if into is None else into)
    return folder
