"""Tells what the cleaning of a text takes away, so that nobody wonders where it went."""

from collections import Counter
from html.parser import HTMLParser

from publishing.markdown import clean, convert


class _Marks(HTMLParser):
    """Counts a text's tags and attributes, as people write them, in the order in which they first come."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[f"<{tag}>"] += 1
        # The names of classes are kept or not one by one.
        self.found.update(name if name != "class" else f'class="{value}"' for name, value in attrs)

    def handle_comment(self, data: str) -> None:
        self.found["<!-- -->"] += 1


def removed(source: str) -> list[str]:
    """Return what of a Markdown text its page will not have: tags as `<script>`, attributes as `onclick`."""
    html = convert(source)
    before, after = _Marks(html).found, _Marks(clean(html)).found
    return [mark for mark, count in before.items() if after[mark] < count]
