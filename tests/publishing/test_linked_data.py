"""Linked data in a page: nothing in it can become part of the page."""

import json
from datetime import date

import pytest

from publishing.linked_data import linked_data
from tests.publishing.html import fragment


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "&lt;", "a\u2028b", "“é”", '"\\'])
def test_any_text_comes_back(text: str) -> None:
    root = fragment(linked_data({"@type": "Dataset", "name": text}))
    (script,) = (element for element in root if element.tag == "script")
    assert script.get("type") == "application/ld+json"
    assert json.loads("".join(script.pieces())) == {"@context": "https://schema.org", "@type": "Dataset", "name": text}
    assert "<" not in linked_data({"name": text}).removeprefix("<script").removesuffix("</script>")


def test_days() -> None:
    assert '"2024-03-11"' in linked_data({"dateModified": date(2024, 3, 11)})
