"""Messages to who shares a practice, through the outbox: neither side learns the other's address by it."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, override

from advocacy.models import Membership, Organisation, Practice, PracticeQuestion, Role
from advocacy.models.questions import KEPT
from publishing import outbox

# So many messages a member may send within a day.
MOST_A_DAY = 10


class TooMany(Exception):
    """This member has sent enough for today."""


@transaction.atomic
def ask(practice: Practice, *, message: str, give_address: bool, key: UUID, by: Membership) -> None:
    """Mail a message to those who lead the organisation, or to the secretariat where nobody does. Raises TooMany.

    The same form sent again is one message.
    """
    # The user's row is the queue of what one sends at once.
    user = type(by.user).objects.select_for_update(no_key=True).get(pk=by.user_id)
    sent = PracticeQuestion.objects.filter(membership__user=user)
    if sent.filter(key=key).exists():
        return
    if sent.filter(asked_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooMany
    question = PracticeQuestion.objects.create(practice=practice, membership=by, key=key)
    leads = practice.organisation.memberships.current().filter(role=Role.LEAD).exclude(user__email="")
    addresses = list(leads.values_list("user__email", flat=True)) or [settings.DEFAULT_FROM_EMAIL]
    reply_to = user.email if give_address else ""
    words = {
        "practice": practice,
        "asker": name_for_others(by.organisation, _language(practice.organisation)),
        "message": message,
        "reply_to": reply_to,
        "number": question.pk,
    }
    with override(_language(practice.organisation)):
        text = render_to_string("advocacy/question_mail.txt", words)
        subject = gettext("A question about what you share (%(number)d)") % {"number": question.pk}
    for address in addresses:
        headers = {"Reply-To": reply_to} if reply_to else None
        outbox.enqueue("question", address, subject=subject, text=text, headers=headers)


def _language(organisation: Organisation) -> str:
    """Return the first of the portal's languages that an organisation works in."""
    portal = dict(settings.LANGUAGES)
    return next((code for code in organisation.languages if code in portal), settings.LANGUAGE_CODE)


def name_for_others(organisation: Organisation, language: str) -> str:
    """Return what other members may know of an organisation: its name, where everybody may."""
    with override(language):
        shown = Organisation.objects.public().for_list().filter(pk=organisation.pk).first()
        return str(shown.text.title) if shown else gettext("a member that is not listed")


def forget_questions() -> int:
    """Forget who asked once nobody answers any more; return how many there were."""
    count, _rows = PracticeQuestion.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    return count
