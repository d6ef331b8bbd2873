"""Verbs that report what somebody says, with the kind of statement each tells."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from detente.reading.found import Kind
from detente.reading.words.patterns import sections, word_set

__all__ = ["Form", "form_of", "kind_with"]


class Form(NamedTuple):
    """One form of a verb.

    Attributes
    ----------
    lemma : str
    kind : str
        The kind of statement it tells; ``assertion`` where its content tells more.
    shape : str
        ``past`` (and participle), ``present``, ``base`` or ``ing``.
    noun : bool
        Whether the same word is a noun as well: demands, offers, claims.
    weak : bool
        Whether it tells of speech only before a quotation or a clause: continued that, put it.
    speech : bool
        Whether words in quotation marks may be said by its subject; not so of turned down.
    """

    lemma: str
    kind: Kind
    shape: str
    noun: bool
    weak: bool
    speech: bool


_DEEDS = word_set("verbs of deeds")
_WEAK = word_set("verbs weak")

_DOUBLED = frozenset(
    [
        "admit",
        "commit",
        "drop",
        "dub",
        "quip",
        "rebut",
        "regret",
        "shrug",
        "slam",
        "snap",
        "snub",
        "sum",
    ]
)


@cache
def _forms() -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for kind, lines in sections("verbs").items():
        for entry in " ".join(lines).split():
            noun = "*" in entry
            lemma, *irregular = entry.replace("*", "").split("/")
            past = irregular or [_past(lemma)]
            shapes = [(lemma, "base"), (_third(lemma), "present"), (_ing(lemma), "ing")]
            # put and set are their own past
            shapes = [(one, "past") for one in past if one == lemma] + shapes
            shapes += [(one, "past") for one in past]
            for word, shape in shapes:
                # the first kind that names a verb keeps it: caution is an assertion by content
                forms.setdefault(
                    word,
                    Form(
                        lemma, cast("Kind", kind), shape, noun, lemma in _WEAK, lemma not in _DEEDS
                    ),
                )
    return forms


@cache
def _frames() -> dict[str, tuple[tuple[re.Pattern[str], Kind | None], ...]]:
    found = {}
    for lemma, lines in sections("frames").items():
        pairs = (line.split(":", 1) for line in lines)
        found[lemma] = tuple(
            (
                re.compile(words.strip(), re.IGNORECASE),
                None if kind == "none" else cast("Kind", kind),
            )
            for kind, words in pairs
        )
    return found


def kind_with(form: Form, following: str) -> Kind | None:
    """Return the kind that a verb tells together with the words behind it; None for none."""
    for pattern, kind in _frames().get(form.lemma, ()):
        if pattern.match(following):
            return kind
    return form.kind


def form_of(word: str) -> Form | None:
    """Return which form of which verb of saying a word in lower case is, if it is one."""
    return _forms().get(word)


def _third(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if lemma in _DOUBLED else "") + "ed"


def _ing(lemma: str) -> str:
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if lemma in _DOUBLED | {"put"} else "") + "ing"
