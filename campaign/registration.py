"""What the site hands to the apps further right, at start-up."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy import leaving, paragraphs
from advocacy.models import Organisation
from campaign import answered, cited, endorsing
from campaign.accounts.adapter import forget_mail
from campaign.models import (
    Action,
    ActionText,
    AdvisoryMember,
    Campaign,
    CampaignText,
    Deliverable,
    Endorsement,
    EndorsementState,
    GoodPractice,
    GoodPracticeText,
    Page,
    PageText,
    PracticalStep,
    PracticalStepText,
    Version,
    VersionText,
)
from campaign.tracing import fates
from comments import receipt_kinds, subjects
from comments.models import About, Comment, Consultation, ConsultationText, Report, ReportText
from publishing import recent
from publishing.models import PictureQuerySet
from publishing.search import Source
from publishing.search import register as register_search


def subject_of(consultation: Consultation) -> subjects.Subject:
    """Return the version that a consultation is about, with its paragraphs."""
    version = (
        Version.objects.with_text("body", "body_html", "plain")
        .select_related("deliverable")
        .get(consultation=consultation)
    )
    text: VersionText | None = version.text
    if text is None:
        raise VersionText.DoesNotExist
    url = reverse("version", args=[version.deliverable.slug, version.number])
    rows = list(text.paragraphs.filter(number__isnull=False).values_list("number", "key", "html"))
    became = fates(version, {key: number or 0 for number, key, _html in rows if key})
    passages = []
    for number, key, html in rows:
        fate = became.get(key) if key else None
        label = consultation.passage_label(number or 0)
        passage = subjects.Passage(number or 0, key, label, _quoted(html, url), f"{url}#p{number}")
        if fate and fate.number > version.number:
            said = gettext("%(what)s in version %(number)d") % {"what": fate.label, "number": fate.number}
            passage = replace(passage, fate=said, fate_url=fate.url)
        passages.append(passage)
    return subjects.Subject(text.title, url, text.language, text.dir, passages)


def _quoted(html: str, url: str) -> SafeString:
    """Let the footnote marks in a paragraph lead to the notes, which stand on the version's own page."""
    return mark_safe(html.replace('href="#', f'href="{url}#'))  # noqa: S308 - cleaned when it was stored


def _versions() -> QuerySet[VersionText]:
    return VersionText.objects.ready().filter(version__in=Version.objects.current())


def _campaigns() -> QuerySet[CampaignText]:
    return CampaignText.objects.ready().filter(campaign__in=Campaign.objects.public())


def _pages() -> QuerySet[PageText]:
    return PageText.objects.ready().filter(page__in=Page.objects.public())


def _steps() -> QuerySet[PracticalStepText]:
    return PracticalStepText.objects.ready().filter(step__in=PracticalStep.objects.public())


def _good_practices() -> QuerySet[GoodPracticeText]:
    return GoodPracticeText.objects.ready().filter(practice__in=GoodPractice.objects.public())


def _actions() -> QuerySet[ActionText]:
    return ActionText.objects.ready().filter(action__in=Action.objects.public())


def _on_page(parent: str) -> dict[str, str]:
    """Return what the address of a thing on a deliverable's page is made of."""
    return {"slug": f"{parent}__deliverable__slug", "anchor": f"{parent}__slug"}


def _consultations() -> QuerySet[ConsultationText]:
    return ConsultationText.objects.ready().filter(consultation__in=Consultation.objects.public())


def _reports() -> QuerySet[ReportText]:
    return ReportText.objects.ready().filter(report__in=Report.objects.public())


def _endorsement(stored: str) -> Endorsement | None:
    return Endorsement.objects.filter(receipt_hash=stored).select_related("version").first()


def _take_back(found: Endorsement, data: QueryDict) -> dict[str, Any] | None:
    if "withdraw" not in data:
        return None
    endorsing.withdraw(found)
    return {}


def _endorsement_shown(found: Endorsement) -> dict[str, Any]:
    """Return what the receipt's page shows of an endorsement."""
    return {
        "endorsement": found,
        "deliverable": Deliverable.objects.public().for_list().filter(pk=found.deliverable_id).first(),
        "is_gone": found.state in (EndorsementState.WITHDRAWN, EndorsementState.REFUSED, EndorsementState.EXPIRED),
    }


def register() -> None:
    """Say what consultations are about, what issues cite, what receipts are of, what is found, new, or to erase."""
    Consultation.publication_parent = "version"
    subjects.providers[About.VERSION] = subject_of
    subjects.later_provider = answered.later_paragraphs
    subjects.changes_provider = answered.changed_by
    paragraphs.register(paragraphs.Texts(cited.cited, cited.find, cited.named))
    receipt_kinds.KINDS.append(
        receipt_kinds.ReceiptKind(_endorsement, _take_back, "campaign/endorsement_receipt.html", _endorsement_shown)
    )
    leaving.BEFORE_ORGANISATION.append(endorsing.forget_organisation)
    leaving.BEFORE_USER += [endorsing.forget_user, forget_mail]
    Organisation.when_hidden.append(endorsing.hide_organisation)
    PictureQuerySet.shown_by.extend([(AdvisoryMember, "picture"), (Campaign, "video_still")])
    register_search(
        Source(
            "version",
            _("Deliverable"),
            _versions,
            "version",
            {"slug": "version__deliverable__slug", "number": "version__number"},
        ),
        Source("consultation", _("Consultation"), _consultations, "consultation", {"slug": "consultation__slug"}),
        Source("report", _("Report"), _reports, "report", {"slug": "report__consultation__slug"}),
        Source(
            "comment",
            _("Comment"),
            Comment.objects.public,
            "comment",
            {"slug": "consultation__slug", "number": "number"},
            title="organisation",
            words="body",
            in_every_language=True,
        ),
        Source("campaign", _("Campaign"), _campaigns, "campaign", {}),
        Source("step", _("Practical step"), _steps, "campaign", {"anchor": "step__slug"}, fragment="step-"),
        Source(
            "good-practice",
            _("Good practice"),
            _good_practices,
            "deliverable",
            _on_page("practice"),
            fragment="practice-",
        ),
        Source("action", _("Action plan"), _actions, "deliverable", _on_page("action"), fragment="action-"),
        Source("page", _("About the portal"), _pages, "about", {"slug": "page__slug"}),
    )
    recent.register(recent.Source(40, _("Drafts and documents"), recent.published(Version, "deliverable")))
