"""What the first command says on a machine that lacks something."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.support import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone, as far as the set-up goes."""
    (tmp_path / "deploy").mkdir()
    for name in ("Makefile", "requirements.lock", "deploy/bootstrap.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(clone: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs `make run`."""
    command = [shutil.which("make") or "make", "--no-print-directory", "run"]
    return subprocess.run(command, cwd=clone, env=variables, capture_output=True, text=True, check=False)


def test_python_is_missing_or_too_old(clone: Path) -> None:
    old = clone / "bin" / "python3"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\nexit 1\n")  # what Python 3.10 answers to the question whether it is 3.11
    old.chmod(0o755)
    done = make(clone, PATH=str(old.parent))
    assert done.returncode
    assert done.stderr.splitlines()[0] == "Python 3.11 or newer is needed, and this machine has none."


def test_venv_is_missing(clone: Path) -> None:
    (clone / "venv.py").write_text("raise ImportError('No module named venv')")
    done = make(clone, PATH=python_path(), PYTHONPATH=str(clone))
    assert done.returncode
    assert done.stdout.splitlines() == ["Creating .venv..."]
    assert "apt-get install python3-venv" in done.stderr.splitlines()[0]


def test_the_registry_does_not_answer(clone: Path) -> None:
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}
    done = make(clone, PATH=python_path(), HOME=str(clone), **closed)
    assert done.returncode
    assert done.stderr.startswith("Installing uv failed. Is the package registry within reach?")
    assert not (clone / ".venv" / "made-by").exists()


def python_path() -> str:
    """A PATH on which python3 is the Python that runs the tests."""
    return f"{Path(sys.executable).parent}:{os.environ['PATH']}"
