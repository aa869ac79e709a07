"""Organisations that may be one and the same: alike in name, or with the same site or address."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from advocacy.models import Organisation, OrganisationText

# Names that are alike to this degree are shown; among more texts than this only equal names are looked for.
ALIKE = 0.6
MOST_TEXTS = 5000
# So many pairs are shown. What more organisations than this share, a platform's host say, tells nothing.
SHOWN = 200
SHARED_BY = 3

PAIRS = """
    WITH sign AS (
        SELECT 'name' AS kind, organisation_id AS id, lower(unaccent(title)) AS value FROM advocacy_organisationtext
        UNION SELECT 'name', id, lower(unaccent(own_name)) FROM advocacy_organisation WHERE own_name <> ''
        UNION SELECT 'host', id, regexp_replace(lower(substring(site FROM '://([^/:?#]+)')), '^www[.]', '')
            FROM advocacy_organisation WHERE site <> ''
        UNION SELECT 'mail', id, lower(contact_email) FROM advocacy_organisation WHERE contact_email <> ''
    ), shared AS (
        SELECT kind, value FROM sign GROUP BY kind, value HAVING count(DISTINCT id) BETWEEN 2 AND %(shared_by)s
    )
    SELECT a.id, b.id, kind, 1.0 AS likeness
    FROM shared JOIN sign a USING (kind, value) JOIN sign b USING (kind, value) WHERE a.id < b.id
    UNION ALL
    SELECT a.organisation_id, b.organisation_id, 'alike', similarity(unaccent(a.title), unaccent(b.title))
    FROM advocacy_organisationtext a
    JOIN advocacy_organisationtext b ON b.title %% a.title AND a.organisation_id < b.organisation_id
    WHERE %(few)s AND similarity(unaccent(a.title), unaccent(b.title)) >= %(alike)s
    ORDER BY likeness DESC LIMIT %(most)s
"""


@dataclass
class Pair:
    """Two organisations, and what speaks for their being one: `name`, `alike`, `host`, `mail`."""

    first: Any
    second: Any
    grounds: set[str] = field(default_factory=set)
    likeness: float = 0


def likely() -> tuple[list[Pair], bool]:
    """Return pairs, the likeliest first, and whether names that are merely alike were looked for."""
    few = OrganisationText.objects.count() <= MOST_TEXTS
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE - 0.1)])
        cursor.execute(PAIRS, {"few": few, "alike": ALIKE, "shared_by": SHARED_BY, "most": SHOWN * 4})
        found = cursor.fetchall()
    rows = Organisation.objects.for_list().in_bulk({pk for first, second, *_ in found for pk in (first, second)})
    pairs: dict[tuple[int, int], Pair] = {}
    for first, second, ground, likeness in found:
        pair = pairs.setdefault((first, second), Pair(rows[first], rows[second]))
        pair.grounds.add(ground)
        pair.likeness = max(pair.likeness, float(likeness))
    ordered = sorted(pairs.values(), key=lambda pair: (-len(pair.grounds), -pair.likeness, pair.first.slug))
    return ordered[:SHOWN], few
