"""Why each paragraph was changed, and which comments asked for it."""

from campaign.models import Change, ChangeEnd, Version
from campaign.paragraphs import base_of
from campaign.seeding.kinds import Kind
from campaign.seeding.reading import Broken, Head
from campaign.seeding.rows import Rows
from campaign.seeding.tree import MAIN, Thing
from comments.models import Comment


class Changes(Kind):
    """One file for each version; the changes themselves were found when the version was loaded."""

    def load(self, thing: Thing, rows: Rows) -> None:
        """Explain each change that the file names by its new paragraph, or by the old one that was removed."""
        head = thing.main
        with rows.problems.collect():
            version = Version.objects.filter(deliverable__slug=thing.slug, number=thing.number).first()
            if version is None:
                problem = head.problem(f"there is no version {thing.number}")
                raise rows.missing(problem, expected=rows.seeds.has(Version, thing.slug, thing.number))
            for item in head.get("changes", []):
                with rows.problems.collect():
                    self._explain(thing, version, item, rows)

    def _explain(self, thing: Thing, version: Version, item: Head, rows: Rows) -> None:
        item.check_keys(("paragraph", "removed", "reason", "comments"))
        side = ChangeEnd.Side.NEW if "paragraph" in item else ChangeEnd.Side.OLD
        key = "paragraph" if "paragraph" in item else "removed"
        number = item.whole(key)
        text = version.texts.filter(language=MAIN).first() if key == "paragraph" else base_of(version)
        paragraph = text.paragraphs.filter(number=number).first() if text else None
        ends = ChangeEnd.objects.filter(version=version, side=side, key=paragraph.key_id if paragraph else None)
        change = Change.objects.filter(ends__in=ends).first()
        if change is None:
            raise Broken(item.problem("nothing was changed there", key))
        comments = self._comments(change, item)
        entry = rows.entry(f"{thing.name} ¶ {number}", change)
        entry.created = not change.reason
        changed = []
        if change.reason != item["reason"]:
            change.reason = item["reason"]
            change.save(update_fields=["reason"])
            changed.append("reason")
        if set(change.comments.all()) != set(comments):
            change.comments.set(comments)
            changed.append("comments")
        entry.changes += [] if entry.created else changed

    def _comments(self, change: Change, item: Head) -> list[Comment]:
        """Return the comments of these numbers on the version before."""
        if not isinstance(item.get("reason"), str):
            raise Broken(item.problem("say why it was changed (reason)"))
        numbers = item.get("comments", [])
        if not isinstance(numbers, list) or any(type(number) is not int for number in numbers):
            raise Broken(item.problem("write a list of numbers", "comments"))
        found = list(Comment.objects.filter(consultation=change.base.consultation, number__in=numbers))
        missing = set(numbers) - {comment.number for comment in found}
        if missing:
            raise Broken(item.problem(f"there is no comment {min(missing)}", "comments"))
        return found


CHANGES = Changes(Change, "deliverables/<slug>/changes-<number>.<language>.md", keys=("changes",), text_fields=())
