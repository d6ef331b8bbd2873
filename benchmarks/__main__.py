"""How good an answer is, where that can be measured: ``python3 x.py eval reading [--write]``."""

from __future__ import annotations

import argparse
import re
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.reading.figures import Score, lines, table
from benchmarks.reading.gold import HALVES, GoldError, load_half
from benchmarks.reading.score import Read, score

__all__ = ["PAGE", "figures_block", "main", "scores", "with_figures"]

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "reading.md"

#: the part of the page that is written here
_BLOCK = re.compile(r"(<!-- figures: [^>]+ -->\n)(.*?)(<!-- end of figures -->)", re.DOTALL)

_TITLES = {
    "measure": "Passages that no rule was written against",
    "learn": "Passages that the rules were written against",
}


def scores() -> dict[str, Score]:
    """Return the figures of both halves, those of the one set apart first."""
    read: Read = import_module("detente.reading").read_article
    found = {}
    for half in sorted(HALVES, reverse=True):
        try:
            passages = load_half(half)
        except GoldError:
            # what is wrong there names passages, and one half is not to be looked at
            what = f"{half} has mistakes: python -m benchmarks.reading.gold tells them"
            raise ValueError(what) from None
        if passages:
            found[half] = score(passages, read)
    return found


def figures_block(found: dict[str, Score]) -> str:
    """Return the figures for the page."""
    parts = [
        f"**{_TITLES[half]}**: {one.passages}, `benchmarks/reading/{half}/`\n\n{table(one)}"
        for half, one in found.items()
    ]
    return "\n" + "\n".join(parts) + "\n"


def with_figures(page: str, found: dict[str, Score]) -> str:
    """Return a page with the figures in place of those it has."""
    return _BLOCK.sub(lambda old: old[1] + figures_block(found) + old[3], page)


def main(arguments: list[str]) -> int:
    """Print the figures of both halves, and write them into the page where that is asked for."""
    parser = argparse.ArgumentParser(prog="x.py eval", description="How good an answer is.")
    parser.add_argument("what", choices=["reading"], help="what is measured")
    parser.add_argument("--write", action="store_true", help=f"write the figures into {PAGE.name}")
    chosen = parser.parse_args(arguments)
    found = scores()
    for half, one in found.items():
        sys.stdout.write("\n".join([f"{_TITLES[half]} ({half})", *lines(one), "", ""]))
    if chosen.write:
        page = with_figures(PAGE.read_text(encoding="utf-8"), found)
        PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
