"""Set up and run: ``python3 x.py demo``, ``test``, ``lint``, ``bench``, ``eval``, or more."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
STAMP = ROOT / ".venv" / "made-for"
BIN = ROOT / ".venv" / ("Scripts" if sys.platform == "win32" else "bin")
LINT = ["ruff check .", "ruff format --check .", "mypy", "lint-imports"]
TASKS = {
    "test": ["pytest -n auto"],
    "lint": LINT,
    "bench": ["pytest benchmarks --benchmark-only"],
    "eval": ["python -m benchmarks"],
    "pictures": ["python docs/pictures/make.py"],
}


def run(tool: str, *arguments: str, where: Path | None = None) -> int:
    """Run a tool of .venv and return its exit code."""
    return subprocess.run([str(BIN / tool), *arguments], check=False, cwd=where).returncode


def main(task: str = "--help", *rest: str) -> int:
    """Make .venv unless it is there and current, then run one task."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text() != wanted:
        print("Setting up .venv, once; this takes about a minute.", file=sys.stderr, flush=True)
        venv.create(ROOT / ".venv", with_pip=True, clear=True)
        if code := run("python", "-m", "pip", "install", "-q", "-e", f"{ROOT}[dev]"):
            return code
        STAMP.write_text(wanted)
    if task not in TASKS:
        return run("detente", task, *rest)
    codes = (run(*command.split(), *rest, where=ROOT) for command in TASKS[task])
    return next(filter(None, codes), 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
