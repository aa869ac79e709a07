"""How long each kind of page takes, in one process, on whatever the database holds: `make bench`.

Numbers to compare with yesterday's, not to pass or fail.
"""

import os
import statistics
import time
from random import Random
from typing import Any

import django

ROUNDS = 30
PAGES = [
    "/en/",
    "/en/deliverables/guidance-note/",
    "/en/consultations/guidance-note-2026/",
    "/en/factsheets/health-and-safety-at-work/",
    "/en/figures/",
    "/en/network/",
    "/en/search/?q=prison+treatment",
    "/sitemap.xml",
]


def main() -> None:
    """Print the median and the slowest time of each page, in milliseconds, and its size in bytes as sent."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")
    django.setup()
    from django.test import Client

    client = Client(headers={"accept-encoding": "gzip", "host": "127.0.0.1"})
    print(f"{'page':45} {'median':>8} {'slowest':>8} {'bytes':>8}")
    for page in PAGES:
        measure(client, page, page)
    read_many_comments(client)
    compare_long_texts()
    make_long_pdf()
    import_many_organisations()


def import_many_organisations() -> None:
    """Print the same, in seconds, for a spreadsheet as large as one may be."""
    from tests.bench.many_organisations import import_many

    import_many()


def measure(client: Any, page: str, name: str, rounds: int = ROUNDS) -> None:
    """Print the times of one page."""
    client.get(page)
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        response = client.get(page)
        times.append((time.perf_counter() - start) * 1000)
    size = len(response.content)
    print(f"{name:45} {statistics.median(times):8.1f} {max(times):8.1f} {size:8}")


def read_many_comments(client: Any) -> None:
    """Print the same for the pages and files of a consultation with ten thousand comments."""
    from tests.bench.many_comments import COUNT, PAGES, many_comments

    with many_comments() as address:
        for page in PAGES:
            measure(client, address + page, f"{COUNT} comments: {page}", ROUNDS // 10)


def compare_long_texts() -> None:
    """Print the same for two versions of 500 paragraphs, each of them edited: matched, and compared word by word."""
    from campaign.redline.document import Document, match_numbered, redline
    from publishing.markdown import Block

    times = []
    for turn in range(ROUNDS // 5):
        random = Random(turn)
        words = ["".join(random.choices("abcdefghijklmnopqrst", k=random.randint(2, 9))) for _ in range(4000)]
        old = [random.choices(words, k=90) for _ in range(500)]
        new = [[word if random.random() > 0.1 else random.choice(words) for word in text] for text in old]
        first, second = (
            Document([Block("paragraph", f"<p>{' '.join(text)}.</p>") for text in side]) for side in (old, new)
        )
        start = time.perf_counter()
        entries = redline(first, second, match_numbered(first, second))
        size = sum(len(html) for entry in entries for html in entry.html())
        times.append((time.perf_counter() - start) * 1000)
    name = "redline of 500 paragraphs"
    print(f"{name:45} {statistics.median(times):8.1f} {max(times):8.1f} {size:8}")


def make_long_pdf() -> None:
    """Print the same for the PDF of a long text, which no reader waits for twice."""
    from publishing.pdf.make import make_pdf
    from tests.publishing.pdfs import read
    from tests.publishing.test_pdf import BODY, document

    times = []
    for turn in range(ROUNDS // 5):
        # Other words each time: typst remembers what it has set.
        words = " ".join(
            f"Paragraph of a long document, sentence {n}.{turn}, with some words in it." for n in range(9)
        )
        text = document("".join(f"## Part {n}\n\n{words}\n\n{words}\n\n{words}\n\n" for n in range(80)) + BODY)
        start = time.perf_counter()
        pdf = make_pdf(text)
        times.append((time.perf_counter() - start) * 1000)
    name = f"PDF of {len(read(pdf).pages)} pages"
    print(f"{name:45} {statistics.median(times):8.1f} {max(times):8.1f} {len(pdf):8}")


if __name__ == "__main__":
    main()
