"""What the browser tests need beside the seeds: a text in three languages, redrafted once."""

from django.utils import timezone

from campaign.models import Deliverable, DeliverableText, Version, VersionText

# A heading, and the sentences that stay, are edited, are moved and are removed.
WORDS = {
    "en": (
        "Care",
        "Everybody is welcome here.",
        "Tests are offered {}.",
        "Nobody is asked for papers.",
        "Bring a friend.",
    ),
    "fr": (
        "Accueil",
        "Tout le monde est bienvenu.",
        "Les tests ont lieu {}.",
        "On ne demande pas de papiers.",
        "Venez à deux.",
    ),
    "ar": ("الرعاية", "الجميع مرحب بهم هنا.", "تُجرى الفحوص {}.", "لا يُطلب من أحد أوراق.", "أحضر صديقا."),
}
WHEN = {"en": ("on Mondays", "every day"), "fr": ("le lundi", "chaque jour"), "ar": ("يوم الاثنين", "كل يوم")}
NEW = {"en": "Ask for an interpreter.", "fr": "Demandez un interprète.", "ar": "اطلب مترجما."}


def _bodies(language: str) -> tuple[str, str]:
    """Return the first text and its redraft."""
    head, stays, edited, moved, removed = WORDS[language]
    then, now = WHEN[language]
    first = [f"## {head}", stays, edited.format(then), moved, removed]
    second = [f"## {head}", stays, moved, edited.format(now), NEW[language]]
    return "\n\n".join(first), "\n\n".join(second)


def make_redraft() -> None:
    """Make the deliverable `welcome` with two versions."""
    now = timezone.now()
    deliverable = Deliverable.objects.create(
        slug="welcome", kind="other", position=9, state="published", published_at=now
    )
    DeliverableText.objects.create(deliverable=deliverable, language="en", title="Welcome", body="A sample.")
    for number, state in ((1, "superseded"), (2, "final")):
        version = Version.objects.create(deliverable=deliverable, number=number, state=state, published_at=now)
        for language in WORDS:
            VersionText.objects.create(
                version=version, language=language, title=f"Welcome {number}", body=_bodies(language)[number - 1]
            )
