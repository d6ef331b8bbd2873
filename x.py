"""Set up and run: ``python3 x.py demo``, ``test``, ``lint``, ``bench``, or a detente command."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV, STAMP = ROOT / ".venv", ROOT / ".venv" / "made-for"
PYTHON = str(VENV / ("Scripts" if sys.platform == "win32" else "bin") / "python")
LINT = ["ruff check .", "ruff format --check .", "mypy", "importlinter.cli lint"]
TASKS = {"test": ["pytest"], "lint": LINT, "bench": ["pytest benchmarks --benchmark-only"]}


def run(*arguments: str, where: Path | None = None) -> int:
    """Run a module with the interpreter of .venv and return its exit code."""
    return subprocess.run([PYTHON, "-m", *arguments], check=False, cwd=where).returncode


def main(task: str = "--help", *rest: str) -> int:
    """Make .venv unless it is there and current, then run one task."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not STAMP.exists() or STAMP.read_text() != wanted:
        print("Setting up .venv, once; this takes about a minute.", file=sys.stderr, flush=True)
        venv.create(VENV, with_pip=True, clear=True)
        code = run("pip", "install", "-q", "--disable-pip-version-check", "-e", f"{ROOT}[dev]")
        if code:
            return code
        STAMP.write_text(wanted)
    if task not in TASKS:
        return run("detente", task, *rest)
    for command in TASKS[task]:
        code = run(*command.split(), *rest, where=ROOT)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
