"""Makes `world.json` of Natural Earth's shapes (public domain), as the npm package `world-atlas` 2 holds them.

    python -m advocacy.map.make countries-110m.json countries-50m.json > advocacy/map/world.json

It needs no network, and nothing of Django's. Shapes come from the first file; the second, finer one tells where the
countries lie that are too small for it.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import cos, hypot, inf, radians
from pathlib import Path
from typing import Any

from babel.core import get_global

from advocacy.map.projection import WIDTH, Point, projected

Ring = list[Point]

# The map ends north of Antarctica.
SOUTH = -56.0
# What is smaller than this, in square units, is left out of a shape; a bend of a coast, too.
SMALLEST = 9.0
BEND = 2.5
# Countries that Natural Earth gives no number of their own, by its name for them; both are shown as part of the other.
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO"}
# Those that it draws as part of another country, and where they lie.
PLACED: dict[str, Point] = {
    "BQ": (-68.3, 12.2),
    "BV": (3.4, -54.4),
    "CC": (96.8, -12.2),
    "CX": (105.6, -10.5),
    "GF": (-53.1, 4.0),
    "GI": (-5.3, 36.1),
    "GP": (-61.5, 16.2),
    "MQ": (-61.0, 14.6),
    "RE": (55.5, -21.1),
    "SJ": (18.0, 78.5),
    "TK": (-171.8, -9.2),
    "TV": (179.2, -8.5),
    "UM": (-169.5, 16.7),
    "YT": (45.2, -12.8),
}
# Of France only what lies east of here is France.
FRANCE_BEGINS = -20.0


def area(ring: Iterable[Point]) -> float:
    """Return the area within a ring."""
    points = list(ring)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True))) / 2


def simplified(line: list[Point]) -> list[Point]:
    """Return a line without its smallest bends (Visvalingam); its ends stay, where it meets others."""
    line = list(line)
    while len(line) > 2:
        bends = [area(line[i - 1 : i + 2]) for i in range(1, len(line) - 1)]
        least = min(range(len(bends)), key=bends.__getitem__)
        if bends[least] > BEND:
            break
        del line[least + 1]
    return line


class Atlas:
    """A TopoJSON file: countries made of lines that neighbours share."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text())
        (kx, ky), (dx, dy) = data["transform"]["scale"], data["transform"]["translate"]
        self.lines: list[Ring] = []
        for line in data["arcs"]:
            x = y = 0
            points = []
            for step_x, step_y in line:
                x, y = x + step_x, y + step_y
                points.append((x * kx + dx, y * ky + dy))
            self.lines.append(points)
        self.countries = data["objects"]["countries"]["geometries"]
        self.land = data["objects"]["land"]["geometries"]

    def rings(self, lines: list[Ring], shape: dict[str, Any]) -> Iterator[Ring]:
        """Yield the outer and inner rings of a country, drawn with these lines."""
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for keys in (ring for polygon in polygons for ring in polygon):
            ring: Ring = []
            for key in keys:
                line = lines[key] if key >= 0 else lines[~key][::-1]
                ring += line[1:] if ring else line
            yield ring

    def by_country(self, lines: list[Ring]) -> dict[str, list[Ring]]:
        """Return the rings of each country."""
        aliases = get_global("territory_aliases")
        found: dict[str, list[Ring]] = {}
        for shape in self.countries:
            code = NAMED.get(shape["properties"]["name"]) or aliases.get(shape.get("id", ""), [""])[0]
            if code and code != "AQ":
                found.setdefault(code, []).extend(self.rings(lines, shape))
        return found


def inner_point(ring: Ring) -> Point:
    """Return a point well inside of a ring: of those of a grid, made finer twice, the furthest from its edge."""
    squeeze = cos(radians(sum(y for _x, y in ring) / len(ring)))
    flat = [(x * squeeze, y) for x, y in ring]
    xs, ys = [x for x, _y in flat], [y for _x, y in flat]
    centre, size = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2), max(max(xs) - min(xs), max(ys) - min(ys))
    for _finer in range(3):
        steps = [size * (step / 16 - 0.5) for step in range(17)]
        centre = max(((centre[0] + x, centre[1] + y) for x in steps for y in steps), key=lambda p: _depth(p, flat))
        size /= 6
    return centre[0] / squeeze, centre[1]


def _depth(point: Point, ring: Ring) -> float:
    """Return how far inside of a ring a point lies, less than zero where outside."""
    (px, py), inside, nearest = point, False, inf
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > py) != (by > py) and px < (bx - ax) * (py - ay) / (by - ay) + ax:
            inside = not inside
        length = (bx - ax) ** 2 + (by - ay) ** 2
        along = max(0.0, min(1.0, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length)) if length else 0.0
        nearest = min(nearest, hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay)))
    return nearest if inside else -nearest


def drawn(rings: Iterable[Ring]) -> str:
    """Return rings as the data of an SVG path in whole units; each point is told from the one before."""
    path = ""
    for ring in rings:
        points = list(dict.fromkeys((round(x), round(y)) for x, y in ring))
        if len(points) < 3 or area(ring) < SMALLEST or min(y for _x, y in ring) > projected((0, SOUTH))[1]:
            continue
        steps = [(x - a, y - b) for (a, b), (x, y) in pairwise(points)]
        path += f"M{points[0][0]} {points[0][1]}l{' '.join(f'{x} {y}' for x, y in steps)}z"
    return path.replace(" -", "-")


def make(coarse: Atlas, fine: Atlas) -> dict[str, Any]:
    """Return all that the map needs: its size, its land, and of each country shape, place and size."""
    lines = [simplified([projected(point) for point in line]) for line in coarse.lines]
    shapes = coarse.by_country(lines)
    shapes["FR"] = [ring for ring in shapes["FR"] if min(x for x, _y in ring) > projected((FRANCE_BEGINS, 45))[0]]
    places = fine.by_country(fine.lines) | coarse.by_country(coarse.lines)
    countries = {}
    for code, rings in sorted(places.items()):
        largest = max((ring for ring in rings if code != "FR" or ring[0][0] > FRANCE_BEGINS), key=area)
        size = area(projected(point) for point in largest)
        countries[code] = _told(inner_point(largest), size, drawn(shapes.get(code, [])))
    countries |= {code: _told(where, 0, "") for code, where in PLACED.items() if code not in countries}
    return {
        "width": WIDTH,
        "height": round(projected((0, SOUTH))[1]),
        "land": drawn(ring for shape in coarse.land for ring in coarse.rings(lines, shape)),
        "countries": countries,
    }


def _told(where: Point, size: float, path: str) -> dict[str, Any]:
    x, y = projected(where)
    place = [round(where[0], 2), round(where[1], 2)]
    return {"place": place, "x": round(x), "y": round(y), "area": round(size), "path": path}


if __name__ == "__main__":
    world = make(Atlas(Path(sys.argv[1])), Atlas(Path(sys.argv[2])))
    countries = ",\n".join(f'"{code}":{json.dumps(told)}' for code, told in world.pop("countries").items())
    print(f'{json.dumps(world)[:-1]}, "countries":{{\n{countries}\n}}}}')
