"""Published conflicts with their published answers and citations; the path is the slug.

Every entry is a folder with ``model.yaml``, a model file like any other, and ``dossier.yaml``,
which says where the model comes from and what others printed about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from detente.document import Document
from detente.errors import DetenteError, Place, Problem, nearest
from detente.model import Conflict, load_model

__all__ = ["Entry", "Published", "entries", "find_entry", "load_entry"]

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Published:
    """Equilibria that somebody printed, as state numbers by concept."""

    source: str
    known: str
    equilibria: Mapping[str, tuple[int, ...]]
    differs: Mapping[str, str]


@dataclass(frozen=True)
class Entry:
    """One catalog entry.

    Attributes
    ----------
    known : str
        How its inputs are known: seen, recalled, textbook or compiled.
    """

    slug: str
    title: str
    summary: str
    known: str
    citation: str
    note: str | None
    published: tuple[Published, ...]

    @property
    def folder(self) -> Path:
        """Return the folder of the entry."""
        return _HERE / self.slug

    @property
    def model_text(self) -> str:
        """Return the text of its model file."""
        return (self.folder / "model.yaml").read_text(encoding="utf-8")

    def data(self) -> dict[str, Any]:
        """Return the entry as plain data, for ``--json`` and for the screen."""
        return {
            "slug": self.slug,
            "title": self.title,
            "summary": self.summary,
            "known": self.known,
            "citation": self.citation,
            "note": self.note,
            "published": [
                {
                    "source": item.source,
                    "known": item.known,
                    "equilibria": {k: list(v) for k, v in item.equilibria.items()},
                    "differs": dict(item.differs),
                }
                for item in self.published
            ],
        }

    @cached_property
    def conflict(self) -> Conflict:
        """Return its conflict."""
        return load_model(self.folder / "model.yaml")


def slugs() -> tuple[str, ...]:
    """Return the slugs of all entries, sorted."""
    return tuple(sorted(path.parent.name for path in _HERE.glob("*/model.yaml")))


def find_entry(name: str) -> str | None:
    """Return the slug that a name stands for, or None; underscores pass for hyphens."""
    slug = name.lower().replace("_", "-")
    return slug if slug in slugs() else None


def load_entry(name: str) -> Entry:
    """Load one entry.

    Parameters
    ----------
    name : str
        The slug, for example ``"prisoners-dilemma"``.

    Raises
    ------
    DetenteError
        ``unknown-entry`` with the nearest slug.
    """
    slug = find_entry(name)
    if slug is None:
        near = nearest(name, slugs())
        raise DetenteError(Problem("unknown-entry", f"{name!r} is no entry", None, near))
    path = _HERE / slug / "dossier.yaml"
    plain: Any = Document.read(path).plain()
    try:
        published = tuple(
            Published(
                source=item["source"],
                known=item["known"],
                equilibria={
                    concept: tuple(map(int, states))
                    for concept, states in item["equilibria"].items()
                },
                differs=item.get("differs") or {},
            )
            for item in plain.get("published") or []
        )
        return Entry(
            slug=slug,
            title=plain["title"],
            summary=plain["summary"],
            known=plain["known"],
            citation=plain["citation"],
            note=plain.get("note"),
            published=published,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        what = f"the entry lacks or misspells {error}"
        raise DetenteError(Problem("missing-key", what, Place(str(path)))) from None


def entries() -> tuple[Entry, ...]:
    """Return all entries in the order of their slugs."""
    return tuple(load_entry(slug) for slug in slugs())
