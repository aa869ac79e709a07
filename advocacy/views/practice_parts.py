"""What stands below the text of a practice, on its public page and on the one for members."""

from typing import Any

from django.db.models import Prefetch

from advocacy.models import Organisation, PracticeFile, PracticeUse, Proposal
from advocacy.revisions import approved


def files_and_uses() -> list[Prefetch[Any]]:
    """Fetch the files that are approved, and what members say who used it."""
    users: Prefetch[Any] = Prefetch("organisation", Organisation.objects.for_list())
    uses = PracticeUse.objects.out().prefetch_related(users)
    return [
        Prefetch("files", PracticeFile.objects.approved(), to_attr="shown_files"),
        Prefetch("uses", uses, to_attr="shown_uses"),
        Prefetch("proposals", approved(Proposal.objects.all()), to_attr="approved_proposals"),
    ]


def named() -> Prefetch[Any]:
    """Fetch who shares each practice as `named`, unless it is not public: members may read it without knowing."""
    return Prefetch("organisation", Organisation.objects.public().for_list(), to_attr="named")
