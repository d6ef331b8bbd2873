"""How long an article takes to read; figures are ratios, nothing fails on time."""

from __future__ import annotations

import re
import time
from typing import Any

from benchmarks.conftest import Row
from benchmarks.reading.gold import load_half
from detente.reading.opening import article_of
from detente.reading.proposals import drafts_of
from detente.reading.read import read

#: characters
SIZE = 1_000_000


def test_one_megabyte_of_disputes(benchmark: Any, rows: list[Row]) -> None:
    """Passages in which nearly every sentence says something: about twice what news holds."""
    text = "\n\n".join(one.text for one in load_half("learn"))
    text = (text + "\n\n") * (SIZE // len(text) + 1)
    text = text[:SIZE]
    start = time.perf_counter()
    assert len(re.findall(r"\w+", text)) > 100_000
    words = time.perf_counter() - start

    def whole() -> int:
        reading = read(article_of(text, "text", published="2021-10-30"))
        return len(reading.statements) + len(drafts_of(reading, None))

    assert benchmark.pedantic(whole, rounds=3) > 0
    took = benchmark.stats["min"]
    row = ("read 1 MB of disputes; x a list of its words", took * 1e3, 5_000, took / words)
    rows.append((*row, None, None))
