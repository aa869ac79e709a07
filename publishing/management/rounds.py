"""What commands that run beside the server share: round after round, until they are told to end."""

import logging
import signal
from collections.abc import Callable
from threading import Event

from django.db import DatabaseError, close_old_connections

logger = logging.getLogger(__name__)


def go_on(work: Callable[[], object], every: int) -> None:
    """Do the work again and again, `every` so many seconds, until SIGTERM or SIGINT."""
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.wait(every):
        try:
            work()
        except DatabaseError as error:
            logger.warning("The database could not be asked: %s", type(error).__name__)
        close_old_connections()
