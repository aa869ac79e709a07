"""Works off the spreadsheets that staff sent: checks them, and brings in what was confirmed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext, override

from publishing import sealing
from publishing.exchange import Report, import_rows
from publishing.import_jobs import ImportJob, ImportState, finish, tidy
from publishing.spreadsheet import Unreadable, read_rows

# Tells our advisory locks from others.
LOCK = 0x696D70


class Cancelled(Exception):
    """Somebody wants it no more."""


@dataclass(frozen=True)
class Kind:
    """What comes as spreadsheets: what brings the rows in, and how much of it at once."""

    # Takes the reason, who does it, and whether nothing will stay of it.
    resource: Callable[..., Any]
    most_rows: int
    largest: int

    known: ClassVar[dict[str, "Kind"]] = {}


def run_imports() -> int:
    """Work off all jobs; return how many. Any number of processes may do so at once: each takes other jobs."""
    tidy()
    count = 0
    tried: list[int] = []
    while job := ImportJob.objects.to_do().defer("sealed").exclude(pk__in=tried).first():
        tried.append(job.pk)
        with _aside() as cursor:
            # Held by the connection, so that it ends with the process, however that ends.
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, job.pk % 2**31])
            job.refresh_from_db()
            if cursor.fetchone() == (True,) and job.is_to_do:
                work_off(job, told=_teller(job, cursor))
                count += 1
    return count


@contextmanager
def _aside() -> Iterator[Any]:
    """Open a connection of its own: what is written there others see at once, and no rollback takes it back."""
    second = connection.copy()
    second.settings_dict["OPTIONS"].pop("pool", None)
    try:
        with second.cursor() as cursor:
            yield cursor
    finally:
        second.close()


def _teller(job: ImportJob, cursor: Any) -> Callable[[int], None]:
    """Return what writes down how far a job is. Raises Cancelled."""

    def told(row: int) -> None:
        sql = "UPDATE publishing_importjob SET at_row = %s WHERE id = %s RETURNING cancel_asked"
        cursor.execute(sql, [row, job.pk])
        if cursor.fetchone() != (False,):
            raise Cancelled

    return told


def work_off(job: ImportJob, *, told: Callable[[int], None]) -> None:
    """Check a job, or bring it in. The caller sees to it that nobody else does."""
    if job.cancel_asked:
        finish(job, ImportState.CANCELLED)
        return
    with override(job.language):
        try:
            report = _bring_in(job, told)
        except Cancelled:
            finish(job, ImportState.CANCELLED)
            return
        except (Unreadable, sealing.Unreadable, DataError, IntegrityError) as error:
            said = str(error) if isinstance(error, Unreadable) else gettext("The database refuses this file.")
            report = Report()
            report.add_problem(0, "", said)
    if report.problems:
        finish(job, ImportState.WRONG, report)
    elif job.state != ImportState.DONE:
        job.moved = job.state == ImportState.CONFIRMED
        job.state, job.report, job.rows = ImportState.CHECKED, report.as_json(), report.rows
        job.save(update_fields=["state", "report", "rows", "moved"])


@transaction.atomic
def _bring_in(job: ImportJob, told: Callable[[int], None]) -> Any:
    """Return what a job changes, after changing it if that is what was confirmed."""
    kind = Kind.known[job.kind]
    sealed = ImportJob.objects.values_list("sealed", flat=True).get(pk=job.pk)
    content = sealing.unseal_file(bytes(sealed))
    del sealed  # it is as large as the file itself
    rows = read_rows(content, most_rows=kind.most_rows, largest=kind.largest)
    _number, header = next(rows)
    trial = job.state == ImportState.WAITING
    report = import_rows(kind.resource(reason=job.reason, by=job.by, trial=trial), header, rows, told=told)
    if trial or report.problems or report.digest != job.report["digest"]:
        transaction.set_rollback(True)
    else:
        report.changes = []
        finish(job, ImportState.DONE, report)
    return report
