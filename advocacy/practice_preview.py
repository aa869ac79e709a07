"""A practice as its page would be, were the form approved now; nothing of it is saved."""

from typing import Any

from advocacy.models import Issue, Practice, PracticeText
from advocacy.shapes import Values
from factsheets.models import KeyPopulation
from publishing.languages import reader_language
from publishing.markdown import render


def previewed(values: Values, practice: Practice | None) -> Practice:
    """Return what `advocacy/practice_article.html` shows of these values."""
    facts = {name: values[name] for name in ("kind", "audience", "licence", "year")}
    shown: Any = Practice(pk=practice.pk if practice else 0, **facts)
    own = reader_language()
    language = min(values["texts"], key=lambda code: (code != own, code != "en", code))
    text = PracticeText(language=language, **values["texts"][language])
    for name in ("body", *PracticeText.parts):
        setattr(text, f"{name}_html", render(getattr(text, name)))
    shown.best_texts = [text]
    populations = KeyPopulation.objects.public().for_list().filter(slug__in=values["populations"])
    # As if they had been fetched with a row.
    shown._prefetched_objects_cache = {"populations": list(populations)}
    shown.public_issues = list(Issue.objects.public().for_list().filter(slug__in=values["issues"]))
    return shown  # type: ignore[no-any-return] # a Practice
