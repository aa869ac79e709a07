"""Logs that tell what went wrong and keep silent about who asked and what they wrote."""

import logging
import re
import traceback
from types import TracebackType

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


# The secret of a link that shows, confirms or ends something, invites, or sets a password, in the address of a page
# that failed; and what names a member, which may be known to nobody, in those of its own pages.
SECRET = re.compile(r"(/(?:preview|confirm|stop|invitations|reset/key|accounts/organisations)/)[^/\s]+")


class SafeFormatter(logging.Formatter):
    """Leaves out exception messages: a database error quotes the row it refused, and so a comment's text."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Format a copy: other formatters leave the full text of an exception on the record."""
        copy = logging.makeLogRecord(record.__dict__)
        copy.exc_text = None
        return SECRET.sub(r"\1…", super().format(copy))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is logging's
        """Format the frames and the exception's class, without source lines or message."""
        kind, _, tb = ei
        frames = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(tb)]
        return "\n".join([*frames, kind.__qualname__ if kind else "no exception"])
