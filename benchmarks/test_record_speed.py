"""How long a large record takes to read and to ask; figures are ratios, nothing fails on time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.conftest import Row
from benchmarks.records import write_dossier

#: run in a process of its own, so that memory is that of one record only
CHILD = """
import json, resource, sys, time
from detente.record import read_record
start = time.perf_counter()
loaded = read_record(sys.argv[1])
took = time.perf_counter() - start
assert loaded.record is not None, loaded.problems[:3]
asked = []
for known_by, viewpoint in ((None, None), (None, "a1"), ("2018-01-01", None)):
    start = time.perf_counter()
    standing = loaded.record.as_of("2019-06-01", known_by=known_by, viewpoint=viewpoint)
    asked.append(time.perf_counter() - start)
    # letting go of the last answer is no part of the next
    del standing
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([len(loaded.record.entries), took, max(asked), peak]))
"""


def measured(folder: Path) -> tuple[int, float, float, float]:
    """Return entries, seconds to load and check, the slowest of three questions, peak MB."""
    line = [sys.executable, "-c", CHILD, str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    entries, load, ask, peak = json.loads(done.stdout)
    return entries, load, ask, peak


@pytest.mark.parametrize("size", [10_000, 100_000])
def test_a_record_in_20_files(benchmark: Any, rows: list[Row], tmp_path: Path, size: int) -> None:
    folder = write_dossier(tmp_path / "large", size)
    small = write_dossier(tmp_path / "small", 10_000)
    found: list[tuple[int, float, float, float]] = []
    benchmark.pedantic(lambda: found.append(measured(folder)), rounds=3)
    _, base_load, base_ask, _ = measured(small)
    entries, load, ask, peak = sorted(found)[1]
    assert entries >= size
    what = f"{entries:,} entries"
    rows.append(
        (
            f"load and check {what}; x 10,000 entries",
            load * 1e3,
            12_000,
            load / base_load,
            peak,
            1500,
        )
    )
    rows.append(
        (f"standing of {what}; x 10,000 entries", ask * 1e3, 200, ask / base_ask, None, None)
    )
