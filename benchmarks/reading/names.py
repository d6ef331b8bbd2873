"""Whether somebody whom reading found is somebody of the annotation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from detente.reading.found import AUTHOR, Who

__all__ = ["same_name"]

_ARTICLE = re.compile(
    r"(?:the|a|an|his|her|its|their|our|my|your|\S+'s|\S+s')\s+",
    re.IGNORECASE,
)
_TITLES = frozenset(
    re.findall(
        r"[\w-]+",
        "mr mrs ms dr prof professor sir lord lady baroness baron monsignor sheikh ayatollah "
        "bishop father sister "
        "dame vice deputy prime first foreign defence defense interior "
        "finance trade energy economy president minister secretary ambassador envoy "
        "general lieutenant major gen col colonel admiral captain chancellor "
        "king queen premier senator governor mayor commissioner spokesman spokeswoman "
        "spokesperson taoiseach secretary-general chief analyst historian engineer",
    )
)
_NO_PERSON = re.compile(
    r"(?i:\b(?:ministry|office|department|government|council|commission|committee|union|league|agency"
    r"|board|bank|company|group|party|front|movement|army|navy|forces|guard|court|assembly|parliament"
    r"|authority|organi[sz]ation|association|federation|republic|kingdom|states|nations|house|palace"
    r"|news|radio|times|post|herald|courier|corporation|holdings|shipping|lines|steel|institute"
    r"|university|islands?|north|south|east|west|new|united|great|official|diplomat)\b)"
)
_CAPITAL = re.compile(r"(?:[A-Z][\w.'’-]*|(?:de|del|der|van|von|al|bin|ibn|la|le|da|dos)\b)")


def _plain(name: str) -> str:
    """Return a name without titles and articles before it, and without case."""
    name = " ".join(name.replace("’", "'").split())
    name = name.removesuffix("'s").rstrip(" .,")
    while (found := _ARTICLE.match(name)) and found.end() < len(name):
        name = name[found.end() :]
    words = name.split()
    titles = 0
    while titles < len(words) and words[titles].rstrip(".").casefold() in _TITLES:
        titles += 1
    # an office alone, `the foreign minister`, stays whole
    if titles < len(words) and words[titles][0].isupper():
        name = " ".join(words[titles:])
    return name.casefold()


def _holds(words: str, name: str) -> bool:
    """Tell whether words have a name among them, as whole words."""
    inner = re.escape(" ".join(name.replace("’", "'").casefold().split()))
    whole = " ".join(words.replace("’", "'").casefold().split())
    return re.search(rf"(?<!\w){inner}(?!\w)", whole) is not None


def _person(names: Sequence[str]) -> bool:
    """Tell whether the names look like those of a person: `Ana Petrov`, `Petrov`."""
    full = names[0]
    parts = full.split()
    if _NO_PERSON.search(full) or not all(_CAPITAL.match(part) for part in parts):
        return False
    return len(parts) > 1 and (len(names) == 1 or any(n.endswith(parts[-1]) for n in names[1:]))


def same_name(who: Who | None, actor: str | None, actors: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether somebody found is an annotated actor; None means that nobody is meant.

    The name, the words or the office has to be one of the names of the actor, or to contain one
    that has a capital letter, and must not name another person.
    """
    if who is None or actor is None:
        return who is None and actor is None
    if AUTHOR in (actor, who.kind):
        return actor == AUTHOR and who.kind == AUTHOR
    own = actors[actor]
    others = [
        name
        for key, names in actors.items()
        if key != actor and _person(names)
        for name in names
        if name != name.lower() and name not in own
    ]
    plain = {_plain(name) for name in own}
    proper = [name for name in own if name != name.lower()]

    def names_other(words: str) -> bool:
        return any(_holds(words, name) and not _own(words, name) for name in others)

    def _own(words: str, other: str) -> bool:
        # `Ivan Petrov` holds `Petrov`, but is somebody else than Ana Petrov
        return any(_holds(words, name) and _holds(name, other) for name in proper)

    if _plain(who.name) not in plain and names_other(who.name):
        return False
    begun = _plain(who.words) + " "
    alike = [
        key for key, names in actors.items() if any(_plain(n).startswith(begun) for n in names)
    ]
    if who.kind not in ("person", "state") and alike == [actor]:
        return True
    return any(
        _plain(words) in plain
        or (any(_holds(words, name) for name in proper) and not names_other(words))
        for words in (who.name, who.words, who.office)
        if words
    )
