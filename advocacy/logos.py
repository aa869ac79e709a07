"""Members' logos: re-encoded when they arrive, public only once a profile that is public shows them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core import signing
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.models import Organisation, Proposal
from publishing.models import Picture, PictureText
from publishing.pictures import reencode

MAX_BYTES = 5 * 1024 * 1024
PREFIX = "logo-"
SALT = "advocacy.logo"
# A logo that was uploaded and never sent stays so long.
UNSENT = timedelta(days=2)


class LogoField(forms.FileField):
    """A picture, re-encoded; a drawing in SVG can run programs and is none."""

    def to_python(self, data: Any) -> Any:
        """Return the picture's pixels alone."""
        upload: Any = super().to_python(data)
        if upload is None:
            return None
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        head = upload.read(1024).lower()
        upload.seek(0)
        if b"<svg" in head or head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
            raise forms.ValidationError(_("This is an SVG, which can run programs. Save the logo as PNG instead."))
        return reencode(upload)


@transaction.atomic
def keep(content: ContentFile[bytes], organisation: Organisation) -> Picture:
    """Store a logo that no page shows yet; those that were stored in vain long ago go."""
    _sweep()
    name = str(organisation.text.title if organisation.text else organisation)
    slug = f"{PREFIX}{timezone.now():%Y%m%d}-{uuid4().hex[:12]}"
    picture = Picture.objects.create(slug=slug, credit=name, file=content)
    PictureText.objects.create(picture=picture, language=organisation.text.language, alt=name)
    return picture


def token_for(slug: str, organisation: Organisation) -> str:
    """Return what a form carries along of a logo that it has uploaded."""
    return signing.dumps([organisation.pk, slug], salt=SALT)


def by_token(token: str, organisation: Organisation) -> Picture | None:
    """Return the logo of a token of this organisation's, if it is there."""
    try:
        key, slug = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Picture.objects.filter(slug=slug).first() if key == organisation.pk else None


def _sweep() -> None:
    """Delete the logos that nobody sent."""
    before = f"{PREFIX}{timezone.now() - UNSENT:%Y%m%d}"
    named = Proposal.objects.filter(practice=None).pending().values_list("values__logo", flat=True)
    old = Picture.objects.filter(Q(slug__startswith=PREFIX, slug__lt=before, organisations=None))
    for picture in old.exclude(slug__in=[slug for slug in named if slug]):
        picture.delete()
        picture.remove_files()
