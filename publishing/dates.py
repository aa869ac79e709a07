"""When things were."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_year(year: int) -> None:
    """Refuse a year to come."""
    if year > timezone.localdate().year:
        raise ValidationError(_("The year has not come yet."))
