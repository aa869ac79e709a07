"""What all admin pages share, and the admin of pictures."""

from publishing.admin.base import PortalAdmin, TextInline, TranslatedAdmin, text_inline
from publishing.admin.formsets import KeyFormSet, OnceFormSet
from publishing.admin.mails import MailAdmin
from publishing.admin.pictures import PictureAdmin
from publishing.admin.publishable import NothingToShow, PublishableAdmin, show_unpublished, take_draft

__all__ = [
    "KeyFormSet",
    "MailAdmin",
    "NothingToShow",
    "OnceFormSet",
    "PictureAdmin",
    "PortalAdmin",
    "PublishableAdmin",
    "TextInline",
    "TranslatedAdmin",
    "show_unpublished",
    "take_draft",
    "text_inline",
]
