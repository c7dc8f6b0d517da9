"""What was checked, line by line as it is known."""

import subprocess
from pathlib import Path


class MissingError(Exception):
    """Something a check needs is not there and cannot be installed here."""


class FailedError(Exception):
    """A check found a fault."""


def say(mark: str, words: str) -> None:
    print(f"{mark:<8}{words}", flush=True)


def run(*words: str, cwd: Path | None = None) -> str:
    """What a command prints; ``FailedError`` with the end of it where it fails."""
    found = subprocess.run(words, cwd=cwd, capture_output=True, text=True)
    if found.returncode:
        raise FailedError(f"{' '.join(words[:3])}: {(found.stdout + found.stderr).strip()[-600:]}")
    return found.stdout.strip()


def require(condition: object, words: str) -> None:
    if not condition:
        raise FailedError(words)
