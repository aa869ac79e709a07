"""What members said in consultations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.models.organisations import Organisation
from comments.models import Comment


class MemberComment(models.Model):
    """A comment that a member of the network sent, for whom somebody was signed in; who that was is not kept.

    It goes when the comment is withdrawn, refused or erased.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="+", verbose_name=_("comment"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="comments", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("comment of a member")
        verbose_name_plural = _("comments of members")

    def __str__(self) -> str:
        return f"{self.organisation} {self.comment_id}"
