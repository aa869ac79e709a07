"""`make run` as its reader meets it: a copy of the project, served for real, stopped and killed."""

import os
import shutil
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.database import running
from tests.deploy.support import ROOT, read_until, soon, start, stop

NOT_COPIED = shutil.ignore_patterns(".*", "var", "tests", "__pycache__")


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Path]:
    """The project without its data, in a folder of its own."""
    clone = tmp_path / "clone"
    shutil.copytree(ROOT, clone, ignore=NOT_COPIED)
    yield clone
    stop(clone / "var")


def environment(**variables: str) -> dict[str, str]:
    """Nothing set but what is given: no DATABASE_URL, no settings of the tests'."""
    return {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **variables}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def left_behind(clone: Path) -> list[str]:
    """The living processes that were started in the clone or for it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command, cwd = (process / "cmdline").read_text(), str((process / "cwd").readlink())
        except OSError:
            continue  # it ended meanwhile
        if str(clone) in f"{command} {cwd}":
            found.append(command)
    return found


def test_run_serves_shares_survives_and_ends(clone: Path) -> None:
    port = free_port()
    variables = environment(PORT=str(port))
    run = ["-m", "deploy.local", "run"]

    first = start(*run, cwd=clone, **variables)
    assert f"http://127.0.0.1:{port}/" in read_until(first, "The portal is at")[-1]
    assert answers(port)
    with running(clone / "var") as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    second = start(*run, cwd=clone, **variables)
    _, said = second.communicate()
    assert second.returncode == 1
    assert said == f"Port {port} is in use or not allowed; set PORT to another.\n"

    first.send_signal(signal.SIGINT)
    first.communicate()
    assert first.returncode == 130
    assert left_behind(clone) == []

    third = start(*run, cwd=clone, **variables)
    steps = read_until(third, "The portal is at")
    assert not any(step.startswith(("Creating", "Collecting")) for step in steps)
    with running(clone / "var") as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)

    third.kill()
    assert soon(lambda: not answers(port))
    third.communicate()


def test_run_ends_where_the_database_does_not_answer(clone: Path) -> None:
    variables = environment(DATABASE_URL=f"postgres://portal:sekret@127.0.0.1:{free_port()}/portal")
    run = start("-m", "deploy.local", "run", cwd=clone, **variables)
    _, said = run.communicate()
    assert run.returncode == 1
    assert said.startswith("The database of DATABASE_URL does not answer:")
    assert said.count("\n") == 1
    assert "sekret" not in said
