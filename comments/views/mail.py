"""The end of the mails about a comment: by a button, or by one press in the mail program (RFC 8058)."""

from comments.telling import MAILING
from publishing.mailing import stop_view

mail_stop = stop_view(MAILING, "comments/mail_stop.html")
