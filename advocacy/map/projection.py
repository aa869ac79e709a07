"""The Equal Earth projection, whose areas are true; Šavrič, Patterson and Jenny published it in 2018."""

from math import asin, cos, pi, radians, sin, sqrt

Point = tuple[float, float]

WIDTH = 960
# It is cut at 168.4° W, through the Bering Strait, so that no land is.
CUT = -168.4
# It begins where land does, and in the south nothing ends it.
NORTH = 83.7

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2


SCALE = WIDTH / (2 * pi / (M * A1))


def _height(t: float) -> float:
    return t * (A1 + A2 * t**2 + t**6 * (A3 + A4 * t**2)) * SCALE


TOP = _height(asin(M * sin(radians(NORTH))))


def projected(point: Point) -> Point:
    """Return where a place lies on the map, by longitude and latitude; x and y grow to the right and down."""
    longitude, latitude = point
    centred = radians((longitude - CUT) % 360 - 180)
    t = asin(M * sin(radians(latitude)))
    x = centred * cos(t) / (M * (A1 + 3 * A2 * t**2 + t**6 * (7 * A3 + 9 * A4 * t**2)))
    return WIDTH / 2 + x * SCALE, TOP - _height(t)
