"""Runs the portal, and all that is done with it, on this machine: every `make` command ends up here."""

import ctypes
import fcntl
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import FrameType

import environ

from deploy import browser, database
from deploy.database import LaunchError

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
PYTHON = sys.executable
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Runs one command with its database, then stops all that was started for it."""
    name, *arguments = sys.argv[1:]
    for number in SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup stays nohup
            signal.signal(number, _leave)
    os.chdir(ROOT)
    try:
        with _environment():
            sys.exit(COMMANDS[name](arguments))
    except (LaunchError, OSError) as error:
        sys.exit(str(error))


def run(_: list[str]) -> int:
    """Serves the portal as in production, but for HTTPS, and the commands for mails and spreadsheets beside it."""
    with _port() as port:
        _prepare("static", "database")
        print("Starting the server...", flush=True)
        granian = [PYTHON, "-m", "granian", "--interface=wsgi", "--workers=2", "--blocking-threads=4"]
        granian += ["--respawn-failed-workers", "--workers-kill-timeout=2", "--log-level=error"]
        with _process(*granian, f"--port={port}", "campaign.wsgi:application", DEBUG="false") as server:
            _await(server, port)
            print(f"The portal is at http://127.0.0.1:{port}/ (Ctrl-C stops it).", flush=True)
            with (
                _process(PYTHON, "manage.py", "send_mail_outbox", "--every=10", DEBUG="false"),
                _process(PYTHON, "manage.py", "run_imports", "--every=2", DEBUG="false"),
            ):
                return server.wait()


def dev(arguments: list[str]) -> int:
    """Serves the portal with Django's debug pages, and again whenever a file changes."""
    with _port() as port:
        _prepare("database")
        return _execute(PYTHON, "manage.py", "runserver", f"127.0.0.1:{port}", *arguments, DEBUG="true")


def test(arguments: list[str]) -> int:
    """Runs the tests, with a browser if one can be had."""
    chromium = browser.chromium()
    if not chromium:
        message = "There is no Chromium here and none could be installed: the browser tests cannot pass."
        if os.environ.get("CI"):
            raise LaunchError(message)
        print(message, flush=True)
    _prepare("static")
    return _execute(PYTHON, "-m", "pytest", *arguments, CHROMIUM=chromium)


def bench(arguments: list[str]) -> int:
    """Measures the portal on the first content."""
    _prepare("static", "database")
    return _execute(PYTHON, "-m", "tests.bench", *arguments)


def seeds(arguments: list[str]) -> int:
    """Loads `seeds/` into the database."""
    _prepare("database")
    return _execute(PYTHON, "manage.py", "load_seeds", *arguments)


def check(_: list[str]) -> int:
    """Runs every check that is not a test, and tells at the end which of them failed."""
    tools = Path(PYTHON).parent
    templates = map(str, sorted(ROOT.glob("templates/**/*.html")))
    checks = {
        "ruff check": [str(tools / "ruff"), "check", "."],
        "ruff format": [str(tools / "ruff"), "format", "--check", "."],
        "mypy": [PYTHON, "-m", "mypy", "."],
        "djade": [str(tools / "djade"), "--target-version", "5.2", "--check", *templates],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "deployment": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    }
    production = {"DEBUG": "false", "PLAIN_HTTP": "false", "SECRET_KEY": secrets.token_urlsafe(50)}
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if _execute(*command, **production):
            failed.append(name)
    print(f"Failed: {', '.join(failed)}." if failed else "All checks passed.", flush=True)
    return 1 if failed else 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "dev": dev,
    "test": test,
    "bench": bench,
    "seeds": seeds,
    "check": check,
}


@contextmanager
def _environment() -> Iterator[None]:
    """Gives the command what it needs where neither the environment nor `.env` does, above all a database."""
    environ.Env.read_env(ROOT / ".env")
    VAR.mkdir(exist_ok=True)
    defaults = {"PLAIN_HTTP": "true", "ALLOWED_HOSTS": "127.0.0.1,localhost", "SAMPLE_CONTENT": "true"}
    defaults["SITE_ADDRESS"] = f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"
    for name, value in {**defaults, "SECRET_KEY": database.secret(VAR / "secret-key")}.items():
        os.environ[name] = os.environ.get(name) or value
    if url := os.environ.get("DATABASE_URL"):
        database.check(url)
        yield
    else:
        with database.running(VAR) as url:
            os.environ["DATABASE_URL"] = url
            yield


@contextmanager
def _port() -> Iterator[int]:
    """Takes the port to serve on. The lock is for two at once: granian shares a port with another granian."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or int(text) not in range(1, 65536):
        raise LaunchError(f"PORT={text} is no port number.")
    port = int(text)
    with (VAR / f"port-{port}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(("127.0.0.1", port))
        except OSError:
            raise LaunchError(f"Port {port} is in use or not allowed; set PORT to another.") from None
        yield port


def _prepare(*steps: str) -> None:
    """Brings things up to date, in a process of its own: this one stays small. One command at a time."""
    with (VAR / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if code := _execute(PYTHON, "-m", "deploy.prepare", *steps):
            sys.exit(code)


def _execute(*command: str, **variables: str) -> int:
    """Runs a command to its end, and gives its exit code."""
    with _process(*command, **variables) as child:
        return child.wait()


@contextmanager
def _process(*command: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a command in a session of its own: Ctrl-C reaches us alone, and we end it with its children."""
    child = subprocess.Popen(
        command, env={**os.environ, **variables}, start_new_session=True, preexec_fn=_die_with_launcher
    )
    try:
        yield child
    finally:
        with suppress(ProcessLookupError, subprocess.TimeoutExpired):
            child.send_signal(signal.SIGINT)
            child.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _die_with_launcher() -> None:
    """Asks Linux to end this process even when the launcher gets no chance to (kill -9)."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def _await(server: subprocess.Popen[bytes], port: int) -> None:
    """Waits until the server answers."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with suppress(OSError, http.client.HTTPException), closing(connection):
            connection.request("GET", "/healthz")
            if connection.getresponse().status < 500:
                return
        time.sleep(0.05)
    raise LaunchError("The server does not answer.")


def _leave(number: int, _: FrameType | None) -> None:
    """Ends the command by way of its clean-up, which nothing may then interrupt."""
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
