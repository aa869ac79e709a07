"""What the launcher's tests share: processes that are real, waited for and never left behind."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from deploy.database import running

ROOT = Path(__file__).resolve().parents[2]


def start(*arguments: str, cwd: Path = ROOT, **variables: str) -> subprocess.Popen[str]:
    """Starts this Python with `arguments`, with pipes for what goes in and out."""
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=cwd, env=variables or None, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def read_until(process: subprocess.Popen[str], beginning: str) -> list[str]:
    """The lines that the process says, up to one that begins so."""
    assert process.stdout
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if line.startswith(beginning):
            return lines
    raise AssertionError(f"ended without {beginning!r}: {lines} {process.communicate()[1]}")


def stop(var: Path) -> None:
    """Stops the server that a test may have left: the last user does."""
    if (var / "postgres" / "postmaster.pid").exists():
        with running(var):
            pass


def soon(condition: Callable[[], bool]) -> bool:
    """Whether a condition comes true within ten seconds."""
    deadline = time.monotonic() + 10
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
