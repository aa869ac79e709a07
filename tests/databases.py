"""Databases of the tests' own: migrated once, then copied, since Django takes twenty seconds to migrate one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import allauth
import django
import environ
import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[1]
# Each checkout has its own, so that two at work on one server leave each other's alone.
PREFIX = f"portal_migrated_{sha256(str(ROOT).encode()).hexdigest()[:8]}_"


def parameters(url: str) -> dict[str, Any]:
    """Return what psycopg needs to reach a DATABASE_URL, in whichever of its forms it is written."""
    given: dict[str, Any] = environ.Env.db_url_config(url)
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {**{name: given[key] for name, key in names.items() if given[key]}, **given.get("OPTIONS", {})}


def beside(url: str, name: str) -> str:
    """Return the URL of another database of the same server."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


@contextmanager
def administration(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Connect so that databases can be made and dropped; the one that the URL names need not be there."""
    with psycopg.connect(**parameters(url) | {"dbname": "postgres"}, autocommit=True) as connection:
        yield connection


def migrated(url: str) -> str:
    """Return the name of a migrated database beside this one, to be copied; whoever asks first makes it."""
    files = sorted(ROOT.glob("*/migrations/*.py"))
    state = b"".join(file.read_bytes() for file in files) + f"{django.__version__} {allauth.__version__}".encode()
    name = PREFIX + sha256(state).hexdigest()[:16]
    with administration(url) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [PREFIX])
        rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        found = {row[0] for row in rows}
        if name not in found:
            # What a run before this one was cut off in, or made for other migrations.
            for other in found:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(other)))
            unfinished = f"{PREFIX}unfinished"
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            _migrate(beside(url, unfinished))
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


def _migrate(url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
