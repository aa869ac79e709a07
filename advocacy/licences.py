"""What the licences of practices allow, in one sentence each, and where their text can be read."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Terms:
    """A licence as readers get it; `url` leads to its text, where it has one."""

    allows: Promise
    url: str = ""


TERMS: dict[str, Terms] = {
    "cc-by": Terms(
        _("Anybody may copy, pass on and change it, also for money, if they say whose work it was."),
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "cc-by-sa": Terms(
        _(
            "Anybody may copy, pass on and change it, also for money, if they say whose work it was and pass on what "
            "they make of it on the same terms."
        ),
        "https://creativecommons.org/licenses/by-sa/4.0/",
    ),
    "cc-by-nc": Terms(
        _("Anybody may copy, pass on and change it, but not for money, if they say whose work it was."),
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    "cc0": Terms(
        _("Anybody may use it for anything, without asking and without saying whose work it was."),
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "ask": Terms(_("Ask, through the secretariat, before you copy, change or publish it.")),
}
