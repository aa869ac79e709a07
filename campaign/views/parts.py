"""What a deliverable's page shows beside the text: who drafted it, good practice, the action plan."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.utils.text import capfirst

from advocacy.models import Organisation
from campaign.models import Action, ActionUpdate, Deliverable, Drafter, GoodPractice
from publishing.languages import reader_language


def _public(rows: Any) -> Any:
    return rows.public()


def deliverable_parts(deliverable: Deliverable, shown: Callable[[Any], Any] = _public) -> dict[str, Any]:
    """Return the context of `part_drafters.html`, `part_good_practice.html` and `part_action_plan.html`.

    Of the deliverable's rows those that `shown` returns; a preview shows others than readers see.
    """
    return shown_parts(
        shown(deliverable.drafters.all()).for_list(),
        good_practice_rows(shown(deliverable.good_practices.all())),
        action_rows(shown(deliverable.actions.all())),
    )


def good_practice_rows(rows: Any) -> Any:
    """Fetch with each example its text and what decides where it may be seen."""
    return rows.with_text("plain").select_related("organisation")


def action_rows(rows: Any) -> Any:
    """Fetch with each action its text and its updates."""
    updates: Prefetch[Any] = Prefetch("updates", ActionUpdate.objects.ready(), to_attr="ready_updates")
    return rows.with_text("plain").prefetch_related(updates)


def shown_parts(
    drafters: Iterable[Drafter] = (), practices: Iterable[GoodPractice] = (), actions: Iterable[Action] = ()
) -> dict[str, Any]:
    """Return the context for these rows, previewed or public."""
    drafters, practices, actions = list(drafters), list(practices), list(actions)
    _name_organisations([*drafters, *practices, *actions])
    for action in actions:
        _show(action)
    return {"drafters": drafters, "good_practices": practices, "actions": actions, "bars": _bars(actions)}


def _name_organisations(rows: list[Any]) -> None:
    """Give each row its `public_organisation`, where there is one, all in one go."""
    named = {row.organisation_id for row in rows if row.organisation_id}
    public = {o.pk: o for o in Organisation.objects.public().filter(pk__in=named).for_list()} if named else {}
    for row in rows:
        row.public_organisation = public.get(row.organisation_id)


def _show(action: Any) -> None:
    """Give an action its state, and the updates that its readers get: of each day one, in the best language."""
    late = action.is_late()
    action.state_key, action.state_label = Action.LATE if late else (action.progress, action.get_progress_display())
    own = reader_language()
    action.shown_updates = [
        min(same_day, key=lambda update: (update.language != own, update.language != "en", update.language))
        for _day, same_day in groupby(action.ready_updates, key=lambda update: update.day)
    ]


def _bars(actions: list[Any]) -> list[dict[str, Any]]:
    """Return how many actions stand where, for `parts/bars.html`; what is late is the one that must be seen."""
    progress = Action.Progress
    shown = (progress.DONE, progress.UNDER_WAY, progress.PLANNED, progress.DROPPED)
    states = [*((state.value, state.label) for state in shown), Action.LATE]
    counts = Counter(action.state_key for action in actions)
    return [
        {
            "label": capfirst(label),
            "value": counts[key],
            "percent": round(100 * counts[key] / len(actions), 2),
            "focus": key == "late",
        }
        for key, label in states
        if counts[key]
    ]
