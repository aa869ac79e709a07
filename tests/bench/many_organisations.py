"""A spreadsheet of fifty thousand organisations: what it takes to check it, and to bring it in."""

import csv
import resource
import time
from io import StringIO
from random import Random

from django.contrib.auth.models import User
from django.db import transaction

from advocacy.exchange import MOST_ROWS
from advocacy.models import Issue, Organisation
from factsheets.models import KeyPopulation
from publishing.import_jobs import ImportJob, ImportState
from publishing.importing import work_off
from publishing.sealing import seal_file


def spreadsheet(rows: int) -> bytes:
    """Return a CSV file of so many new organisations, of which each says something in most columns."""
    random = Random(1)
    words = ["".join(random.choices("abcdefghijklmnopqrst", k=random.randint(2, 9))) for _ in range(2000)]
    populations = list(KeyPopulation.objects.values_list("slug", flat=True)) or [""]
    issues = list(Issue.objects.values_list("slug", flat=True)) or [""]
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            *("slug", "listing", "country", "cities", "languages", "populations", "services", "issues", "founded"),
            *("size", "site", "contact_email", "contact_shown", "joined", "title_en", "summary_en", "body_en"),
            *("title_fr", "body_fr"),
        ]
    )
    for number in range(rows):
        body = " ".join(random.choices(words, k=12))
        writer.writerow(
            [
                *(f"member-{number}", random.choice(("country", "region", "unlisted"))),
                *(random.choice(("ZM", "KE", "UA", "BR", "TH")), "Lusaka, Ndola", "en, fr"),
                *(random.choice(populations), "testing, legal-aid", random.choice(issues), random.randint(1980, 2020)),
                *("small", f"https://member-{number}.example.org/", f"office@member-{number}.example.org", "email"),
                *("2026-03-20", f"Member {number}", " ".join(random.choices(words, k=6)), f"We **do** {body}."),
                *(f"Membre {number}", f"Nous *faisons* {body}."),
            ]
        )
    return file.getvalue().encode()


def import_many(rows: int = MOST_ROWS) -> None:
    """Print how many seconds checking and bringing in take, and how much memory; nothing of it stays."""
    with transaction.atomic():
        by = User.objects.create_user("many-organisations")
        content = spreadsheet(rows)
        job = ImportJob.objects.create(kind="organisations", by=by, sealed=seal_file(content), language="en")
        for state in (ImportState.WAITING, ImportState.CONFIRMED):
            ImportJob.objects.filter(pk=job.pk).update(state=state)
            job.refresh_from_db()
            start, cpu = time.perf_counter(), time.process_time()
            work_off(job, told=lambda _row: None)
            name = f"spreadsheet of {rows} rows: {'checked' if state == ImportState.WAITING else 'brought in'}"
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            took = time.perf_counter() - start
            print(f"{name:45} {took:7.1f}s {time.process_time() - cpu:7.1f}s of CPU {memory:6}MB")
        assert job.state == ImportState.DONE, job.report
        assert Organisation.objects.filter(slug__startswith="member-").count() == rows
        transaction.set_rollback(True)
