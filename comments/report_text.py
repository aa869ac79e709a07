"""Drafts a report's texts from its figures and from the answers, for editors to write on from."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext, override

from comments.models import Answer, AnswerText, Consultation, Disposition, Report, ReportText
from comments.report_shown import ShownReport, comments_of, show_report

PARTS = ("body", "answered", "changed")
# So many answers of each disposition are quoted, those to the most points first.
MOST_QUOTED = 10
# What Markdown would take for a mark.
MARKS = re.compile(r"([\\`*_\[\]<>])")


@transaction.atomic
def draft_texts(
    report: Report, *, languages: Iterable[str], by: User | None, overwrite: Iterable[str] = ()
) -> list[ReportText]:
    """Write the three parts in these languages; what somebody wrote stays, but in the languages to `overwrite`.

    A new text is not ready: nobody sees it before an editor has read it.
    """
    Report.objects.select_for_update().get(pk=report.pk)
    there = {text.language: text for text in report.texts.all()}
    written = []
    for language in languages:
        with override(language):
            text = there.get(language) or _new_text(report, language)
            before = [getattr(text, part) for part in PARTS]
            drafted = _draft(report, language)
            for part in PARTS:
                if language in overwrite or not getattr(text, part):
                    setattr(text, part, drafted[part])
        if before != [getattr(text, part) for part in PARTS]:
            text._history_user = by  # type: ignore[attr-defined] # read by simple_history
            text.save()
            written.append(text)
    return written


def _new_text(report: Report, language: str) -> ReportText:
    consultation = Consultation.objects.for_list().get(pk=report.consultation_id)
    about = consultation.text.title if consultation.text else consultation.slug
    title = gettext("Report: %(title)s") % {"title": about}
    return ReportText(report=report, language=language, title=title[:200], ready=False)


def _draft(report: Report, language: str) -> dict[str, str]:
    shown = show_report(report)
    return {
        "body": "\n".join(_heard(shown)),
        "answered": "\n".join(_answered(report, language)),
        "changed": "\n".join(_changed(shown)),
    }


def _heard(shown: ShownReport) -> Iterator[str]:
    for figure in shown.figures:
        yield f"- **{figure.value}** {figure.text}"
    for chart in shown.heard:
        yield f"- {chart.title}: {chart.description}"


def _numbers(comments: list[tuple[int, str]]) -> str:
    return gettext(", ").join(f"[{number}]({url})" for number, url in comments)


def _answered(report: Report, language: str) -> Iterator[str]:
    """Yield the answers by disposition; one without a reason in this language only names its comments."""
    answers = list(Answer.objects.public().filter(consultation=report.consultation_id))
    reasons = AnswerText.objects.ready().filter(answer__in=answers, language=language)
    said = dict(reasons.values_list("answer", "reason"))
    asked = comments_of(answers)
    groups: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in sorted(answers, key=lambda answer: (-len(asked[answer.pk]), answer.pk)):
        if asked[answer.pk]:
            groups[answer.disposition].append(answer)
    for disposition in Disposition:
        if not groups[disposition]:
            continue
        yield from (f"### {capfirst(disposition.label)}", "")
        for answer in groups[disposition][:MOST_QUOTED]:
            comments = asked[answer.pk]
            named = ngettext("Comment %(numbers)s", "Comments %(numbers)s", len(comments)) % {
                "numbers": _numbers(comments)
            }
            reason = MARKS.sub(r"\\\1", " ".join(said.get(answer.pk, "").split()))
            yield f"- {named}: {reason}" if reason else f"- {named}"
        yield ""


def _changed(shown: ShownReport) -> Iterator[str]:
    version = None
    for change in shown.changes:
        if change.changed.version != version:
            version = change.changed.version
            yield from ("", f"### {capfirst(gettext('version %(number)s') % {'number': version})}", "")
        places = gettext(", ").join(f"[¶ {number}]({url})" for number, url in change.changed.paragraphs)
        asked = f"{gettext('Asked for by comments')} {_numbers(change.comments)}" if change.comments else ""
        where = places or f"[{version}]({change.changed.url})"
        yield f"- {where}. {asked}".strip()
