"""Large dossiers: what a busy record may look like, with all its references in order."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

__all__ = ["write_dossier"]

FILES = 20
QUANTITIES, AGREEMENTS, ACTORS = 50, 20, 200

#: how many of 100 entries are of a kind; the rest are sources
MIX = {"events": 35, "statements": 25, "observations": 18, "measures": 12, "commitments": 3}

_ACTOR = "  a{k}: {{name: Actor {k}, roles: {{office: Envoy, of: a{of}}}}}\n"
_QUANTITY = "  q{k}: {{name: Quantity {k}, unit: kg U}}\n"


def _base() -> str:
    actors = "".join(_ACTOR.format(k=k, of=k % 9) for k in range(ACTORS))
    quantities = "".join(_QUANTITY.format(k=k) for k in range(QUANTITIES))
    return f"title: A large record\nactors:\n{actors}quantities:\n{quantities}agreements:\n"


def write_dossier(folder: Path, entries: int) -> Path:
    """Write a dossier of about that many entries in 20 files and return its folder."""
    rng = random.Random(1)  # noqa: S311 - no secret, the same dossier every time
    (folder / "record").mkdir(parents=True)
    agreements = "".join(
        f"  g{k}:\n    name: Agreement {k}\n    sources: [s{k}]\n"
        f'    milestones: {{signed: {{date: "{_day(rng)}"}}, ends: {{counts: signed + P10Y}}}}\n'
        for k in range(AGREEMENTS)
    )
    (folder / "dossier.yaml").write_text(_base() + agreements)
    share = entries // FILES
    for number in range(FILES):
        text = []
        left = share
        for section, percent in MIX.items():
            count = share * percent // 100
            left -= count
            make = _MAKE[section]
            text.append(f"{section}:\n")
            text += [make(rng, f"{section[:2]}{number}_{k}", k) for k in range(count)]
        text.append("sources:\n")
        text += [
            f'  s{number + FILES * k}: {{title: Source {k}, date: "{_day(rng)}"}}\n'
            for k in range(left)
        ]
        (folder / "record" / f"part{number:02d}.yaml").write_text("".join(text))
    return folder


def _day(rng: random.Random) -> str:
    return f"20{rng.randrange(10, 22)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"


def _some(rng: random.Random, letter: str, below: int) -> str:
    return f"{letter}{rng.randrange(below)}"


def _event(rng: random.Random, id_: str, k: int) -> str:
    return (
        f'  {id_}:\n    what: "Something was announced, number {k}, about what matters to both."\n'
        f'    date: "{_day(rng)}"\n    who: [{_some(rng, "a", 99)}, a{100 + k % 100}]\n'
        f"    sources: [{_some(rng, 's', 100)}, s{100 + k % 100}]\n"
    )


def _statement(rng: random.Random, id_: str, k: int) -> str:
    kind = ("demand", "offer", "assertion", "accusation", "refusal", "warning")[k % 6]
    # the replies to a statement may name only what was said before; the first is the oldest
    first, answers = id_.rpartition("_")[0] + "_0", kind == "refusal"
    answer = f"    answers: {first}\n" if answers else ""
    return (
        f"  {id_}:\n    kind: {kind}\n"
        f'    date: "{_day(rng) if k else "2009-01-01"}"\n'
        f"    speaker: {_some(rng, 'a', ACTORS)}\n"
        f"    to: {_some(rng, 'a', ACTORS)}\n{answer}"
        f'    what: "It was said, number {k}, that one thing should follow another."\n'
        f"    sources: [{_some(rng, 's', 200)}]\n"
    )


def _observation(rng: random.Random, id_: str, k: int) -> str:
    year, month = rng.randrange(10, 21), rng.randrange(1, 13)
    return (
        f"  {id_}:\n    quantity: {_some(rng, 'q', QUANTITIES)}\n    of: {_some(rng, 'a', 9)}\n"
        f"    value: {rng.randrange(1000)}.{k % 10} kg U\n"
        f'    as_of: "20{year}-{month:02d}"\n    reported: "20{year + 1}-{month:02d}"\n'
        f"    observer: [a{10 + k % 3}]\n    sources: [{_some(rng, 's', 200)}]\n"
    )


def _measure(rng: random.Random, id_: str, k: int) -> str:
    a, b, c = sorted(rng.sample(range(10, 22), 3))
    return (
        f'  {id_}:\n    by: {_some(rng, "a", 9)}\n    what: "Measure number {k}"\n'
        f'    status:\n      - {{from: "20{a}-01-01", to: "20{b}-06-01", sources: [s{k % 200}]}}\n'
        f'      - {{from: "20{b}-06-01", to: "20{c}-03-01", according_to: a1}}\n'
        f'      - {{state: not-in-force, from: "20{b}-06-01", according_to: [a2, a3]}}\n'
    )


def _commitment(rng: random.Random, id_: str, k: int) -> str:
    return (
        f"  {id_}:\n    agreement: {_some(rng, 'g', AGREEMENTS)}\n"
        f"    debtors: {_some(rng, 'a', 9)}\n"
        f'    what: "To keep below a limit, number {k}"\n    starts: signed\n    lasts: P15Y\n'
        f"    limit: {{quantity: {_some(rng, 'q', QUANTITIES)}, value: <= 500 kg U}}\n"
        f"    sources: [{_some(rng, 's', 200)}]\n"
    )


_MAKE: dict[str, Callable[[random.Random, str, int], str]] = {
    "events": _event,
    "statements": _statement,
    "observations": _observation,
    "measures": _measure,
    "commitments": _commitment,
}
