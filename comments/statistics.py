"""How the moderators' desk does: what waits, and how long decisions took lately."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Aggregate, Count, DurationField, F, Func, Min, QuerySet
from django.db.models.fields import CharField
from django.db.models.functions import Coalesce
from django.utils import timezone

from comments.models import Comment, CommentState, HoldReason
from publishing.languages import language_name

LATELY = timedelta(days=90)
Counts = dict[str, int]


class Percentile(Aggregate):
    """The value below which a share of all values lies."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True)
class Statistics:
    """What the desk's front page shows; days are those from arrival to decision, in the last LATELY."""

    waiting: int
    oldest: date | None
    held: Counts
    decided: int
    median_days: int | None
    slow_days: int | None
    by_state: Counts = field(default_factory=dict)
    by_language: Counts = field(default_factory=dict)


def statistics() -> Statistics:
    """Count, in four questions."""
    waiting = Comment.objects.pending().order_by()
    queue = waiting.aggregate(count=Count("pk"), oldest=Min("received_at"))
    decided = Comment.objects.filter(decided_at__gte=timezone.now() - LATELY)
    took = Coalesce("published_at", "decided_at") - F("received_at")
    durations = decided.annotate(took=took).aggregate(
        median=Percentile("took", share="0.5", output_field=DurationField()),
        slow=Percentile("took", share="0.9", output_field=DurationField()),
    )
    states, languages = _by_state_and_language(decided)
    return Statistics(
        waiting=queue["count"],
        oldest=_day(queue["oldest"]),
        held=_held(waiting),
        decided=sum(states.values()),
        median_days=_days(durations["median"]),
        slow_days=_days(durations["slow"]),
        by_state=states,
        by_language=languages,
    )


def _by_state_and_language(decided: QuerySet[Comment]) -> tuple[Counts, Counts]:
    states: Counts = {}
    languages: Counts = {}
    rows = decided.order_by().values_list("state", "language").annotate(count=Count("pk"))
    for state, language, count in rows:
        for counts, name in ((states, str(CommentState(state).label)), (languages, language_name(language))):
            counts[name] = counts.get(name, 0) + count
    return _most_first(states), _most_first(languages)


def _held(waiting: QuerySet[Comment]) -> Counts:
    reason = Func("held_for", function="unnest", output_field=CharField())
    rows = waiting.annotate(why=reason).values_list("why").annotate(count=Count("pk"))
    return _most_first({str(HoldReason(why).label): count for why, count in rows})


def _most_first(counts: Counts) -> Counts:
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


def _days(duration: timedelta | None) -> int | None:
    """Return a duration in days, begun ones counted."""
    return -(-duration // timedelta(days=1)) if duration is not None else None
