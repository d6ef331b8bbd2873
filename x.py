"""Set up and run: ``python3 x.py demo``, ``test``, ``lint``, ``bench``, or any detente command."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
TASKS = {
    "test": [["-m", "pytest"]],
    "lint": [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-m", "importlinter.cli", "lint"],
    ],
    "bench": [["-m", "pytest", "benchmarks", "--benchmark-only"]],
}


def set_up() -> None:
    """Make .venv with the package and its development tools, unless it is there and current."""
    stamp, wanted = (
        VENV / ".made-for",
        hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
    )
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("setting up .venv (once, about a minute) ...", file=sys.stderr)
    venv.create(VENV, with_pip=True, clear=True)
    subprocess.run(
        [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-e", f"{ROOT}[dev]"],
        check=True,
    )
    stamp.write_text(wanted)


def main() -> int:
    """Run one task and return its exit code."""
    task, *rest = sys.argv[1:] or ["--help"]
    set_up()
    for command in TASKS.get(task, [["-m", "detente", task]]):
        code = subprocess.run(
            [PYTHON, *command, *rest], cwd=ROOT if task in TASKS else None
        ).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
