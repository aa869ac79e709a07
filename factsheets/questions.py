"""Questions about figures, through the comment desk."""

from factsheets.models import Figure


def question_url(figure: Figure) -> str:
    """Return the address of the form that takes a question about a figure, or nothing while none is taken."""
    return ""
