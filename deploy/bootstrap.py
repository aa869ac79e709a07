"""Makes `.venv` from `requirements.lock`, with Python's standard library alone.

What is done is stamped, so the next time this ends at once.
"""

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "var" / "setup.log"
UV = "uv==0.13.9"
REGISTRY_HINT = "Is the package registry within reach?"


def main() -> None:
    """Sets up what is missing; a second command waits for the first."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a traceback
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make_venv()
        install_packages()
        compile_catalogues()


def make_venv() -> None:
    """Makes the environment anew when there is none, or when Python or the folder changed."""
    stamp = VENV / "made-by"
    wanted = f"Python {sys.version_info.major}.{sys.version_info.minor} in {VENV}"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    hint = "Python's venv module is missing or broken (on Debian and Ubuntu: apt-get install python3-venv)."
    step("Creating .venv", hint, sys.executable, "-m", "venv", "--clear", str(VENV))
    step("Installing uv", REGISTRY_HINT, str(PYTHON), "-m", "pip", "install", "--quiet", UV)
    stamp.write_text(wanted)


def install_packages() -> None:
    """Makes the environment hold exactly the packages of the lock file, each checked against its hash."""
    lock = ROOT / "requirements.lock"
    stamp = VENV / "installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if index := pip_index():
        os.environ.setdefault("UV_DEFAULT_INDEX", index)
    # Compiled now, because some environments (PYTHONDONTWRITEBYTECODE) would compile at every start.
    sync = [str(VENV / "bin" / "uv"), "pip", "sync", "--require-hashes", "--compile-bytecode"]
    step(
        "Installing the packages of requirements.lock",
        REGISTRY_HINT,
        *sync,
        "--python",
        str(PYTHON),
        str(lock),
    )
    stamp.write_text(wanted)


def pip_index() -> str:
    """The registry that pip is told to use on this machine, if any: uv does not read pip's settings."""
    ask = [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.strip()
    return os.environ.get("PIP_INDEX_URL", answer)


def compile_catalogues() -> None:
    """Compiles the translations when one is newer than what was compiled from it."""
    sources = {source: source.with_suffix(".mo") for source in (ROOT / "locale").rglob("*.po")}
    if all(mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime for po, mo in sources.items()):
        return
    compile_all = [str(PYTHON), "-m", "babel.messages.frontend", "compile", "-d", "locale", "-D", "django"]
    step("Compiling the translations", "A file in locale/ is broken.", *compile_all)


def step(title: str, hint: str, *command: str) -> None:
    """Runs one command of the set-up; where it fails, ends with one line, and keeps its output in a file."""
    print(f"{title}...", flush=True)
    with LOG.open("w") as log:
        done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    if done.returncode:
        sys.exit(f"{title} failed. {hint} Details: {LOG}")


if __name__ == "__main__":
    main()
