"""The clone's own PostgreSQL: real servers, in folders of their own."""

import os
import signal
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from deploy.database import LaunchError, check, running, secret
from tests.deploy.support import read_until, start, stop

USER = """
import sys
from pathlib import Path
from deploy.database import running
with running(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""
Use = Callable[[], tuple[subprocess.Popen[str], str]]


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """The folder of one clone's data, in a parent that only we may enter."""
    return tmp_path / "var"


@pytest.fixture
def use(var: Path) -> Iterator[Use]:
    """Starts a command that uses the server until its standard input ends."""
    commands = []

    def use() -> tuple[subprocess.Popen[str], str]:
        commands.append(start("-c", USER, str(var)))
        return commands[-1], read_until(commands[-1], "postgresql://")[-1]

    yield use
    for command in commands:
        command.communicate()
    stop(var)


@pytest.fixture(scope="module")
def log_and_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """One server for the tests that do it no harm."""
    var = tmp_path_factory.mktemp("server") / "var"
    with running(var) as url:
        yield var / "postgres" / "server.log", url


@pytest.fixture
def url(log_and_url: tuple[Path, str]) -> str:
    """That server's address."""
    return log_and_url[1]


def leave(command: subprocess.Popen[str]) -> None:
    """Lets a command end as it wants to."""
    command.communicate()
    assert command.returncode == 0


def query(url: str, sql: str) -> object:
    """The first value of the answer."""
    with psycopg.connect(url) as connection:
        row = connection.execute(sql).fetchone()
    return row and row[0]


def execute(url: str, sql: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(sql)


def answers(url: str) -> bool:
    try:
        return query(url, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def postmaster(var: Path) -> int:
    return int((var / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def test_two_commands_share_one_server_and_the_last_one_stops_it(use: Use) -> None:
    first, url = use()
    second, same = use()
    assert same == url
    execute(url, "CREATE TABLE kept AS SELECT 7 AS number")
    leave(first)
    assert answers(url)
    leave(second)
    assert not answers(url)
    _, again = use()
    assert query(again, "SELECT number FROM kept") == 7


def test_two_commands_at_once_make_one_server(var: Path) -> None:
    both = [start("-c", USER, str(var)) for _ in range(2)]
    urls = {read_until(command, "postgresql://")[-1] for command in both}
    assert len(urls) == 1
    for command in both:
        leave(command)


def test_a_killed_server_is_started_again_with_its_rows(var: Path, use: Use) -> None:
    _, url = use()
    execute(url, "CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(postmaster(var), signal.SIGKILL)
    _, again = use()
    assert query(again, "SELECT number FROM kept") == 7


def test_the_server_of_a_killed_command_is_used_on_and_stopped(use: Use) -> None:
    killed, url = use()
    killed.kill()
    killed.wait()
    second, same = use()
    assert same == url
    leave(second)
    assert not answers(url)


def test_a_pid_that_is_now_another_process_is_left_alone(var: Path, use: Use) -> None:
    """What a crash and a reboot leave behind: a pid file whose number belongs to somebody else."""
    first, _ = use()
    pid_file = var / "postgres" / "postmaster.pid"
    told = pid_file.read_text()
    leave(first)
    owner = (var / "postgres").stat().st_uid
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, user=owner) as other:
        pid_file.write_text(told.replace(told.splitlines()[0], str(other.pid), 1))
        second, url = use()
        assert answers(url)
        leave(second)
        assert other.poll() is None


def test_an_interrupted_start_does_no_harm(var: Path, use: Use) -> None:
    half = var / "postgres.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    _, url = use()
    assert answers(url)


def test_a_long_path_works(tmp_path: Path) -> None:
    deep = tmp_path / ("long" * 20) / ("path with spaces" * 5)
    deep.mkdir(parents=True)
    with running(deep / "var") as url:
        assert answers(url)


def test_no_permission_changes_outside_its_own_folder(tmp_path: Path) -> None:
    """Root runs the server as somebody else, who cannot enter a private folder; it must not be opened for them."""
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    around = [private, *private.parents]

    def permissions() -> list[tuple[int, int, int]]:
        return [(at.stat().st_mode, at.stat().st_uid, at.stat().st_gid) for at in around]

    before = permissions()
    with running(private / "var") as url:
        assert answers(url)
        owner = (private / "var" / "postgres").stat().st_uid
        assert owner == os.geteuid() or os.geteuid() == 0 != owner
        server = Path(f"/proc/{postmaster(private / 'var')}").stat().st_uid
        assert server == owner
    assert permissions() == before


def test_the_role_makes_databases_and_nobody_is_superuser(url: str) -> None:
    assert query(url, "SELECT rolcreatedb AND NOT rolsuper FROM pg_roles WHERE rolname = current_user") is True
    with pytest.raises(psycopg.OperationalError, match="no pg_hba"):
        psycopg.connect(url, user="postgres")


def test_the_search_knows_letters_and_quotation_marks(url: str) -> None:
    assert query(url, "SELECT to_tsvector('simple', '«СЛОВО»')::text") == "'слово':1"


def test_the_log_holds_nothing_that_people_wrote(log_and_url: tuple[Path, str]) -> None:
    log, url = log_and_url
    with pytest.raises(psycopg.errors.InvalidTextRepresentation):
        execute(url, "SELECT 'what somebody wrote'::integer")
    assert "somebody" not in log.read_text()


def test_a_secret_is_kept_and_private(tmp_path: Path) -> None:
    kept = secret(tmp_path / "secret")
    assert len(kept) >= 50
    assert secret(tmp_path / "secret") == kept
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("url", ["sqlite:///x", "postgres://u:sekret/x@host/name", "postgres://u:sekret@host/", "x"])
def test_an_address_that_cannot_be_used(url: str) -> None:
    with pytest.raises(LaunchError, match="DATABASE_URL must look like") as raised:
        check(url)
    assert "sekret" not in str(raised.value)


def test_a_wrong_password_is_not_told(url: str) -> None:
    check(url)
    with pytest.raises(LaunchError, match="password authentication failed") as raised:
        check(url.replace("portal:", "portal:sekret"))
    assert "sekret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_server_that_stays_silent_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(LaunchError, match="timeout"):
        check(f"postgres://u:sekret@127.0.0.1:{silent.getsockname()[1]}/name")
