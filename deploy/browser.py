"""Finds a Chromium for the browser tests, or gets one."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
ASK = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"


def chromium() -> str:
    """The path of a Chromium, or nothing where there is none to be had."""
    if found := os.environ.get("CHROMIUM") or _installed():
        return found
    print("Getting a browser for the tests...", flush=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]
        if _works(*apt, "update") and _works(*apt, "install", "--yes", "chromium"):
            return _installed()
    _works(sys.executable, "-m", "playwright", "install", "chromium")
    return _installed()


def _installed() -> str:
    """The first Chromium on the PATH, else Playwright's own."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    path = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout.strip()
    return path if os.path.exists(path) else ""


def _works(*command: str) -> bool:
    """Runs a command; where it fails, shows why."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        reasons = [line for line in done.stderr.splitlines() if line.startswith(("E:", "Error:"))]
        print(f"{' '.join(command)} failed. {' '.join(reasons[-1:])}", flush=True)
    return done.returncode == 0
