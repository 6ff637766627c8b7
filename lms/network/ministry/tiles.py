"""Thailand as a map of tiles, one square a province, laid out like the country."""

import csv
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from courses.groupings import Row

TILES = settings.BASE_DIR / "lms" / "centres" / "data" / "province_tiles.csv"
STEPS = ((20, 1), (40, 2), (60, 3), (80, 4))  # below which percentage which shade; above them all the fifth
FEWEST = 5  # who began: of fewer a rate says more about them than about the province
SIDE, GAP = 45, 48


@dataclass
class Tile:
    code: str
    name: str
    short: str
    x: float
    y: float
    percent: int | None = None
    url: str | None = None
    is_here: bool = False

    @property
    def shade(self):
        if self.percent is None:
            return 0
        return next((shade for limit, shade in STEPS if self.percent < limit), 5)

    @property
    def middle(self):
        return self.x + SIDE / 2

    @property
    def gauge_x(self):
        return self.x + 5

    @property
    def gauge_y(self):
        return self.y + SIDE - 7

    @property
    def gauge(self):
        """How long the bar at the tile's foot is: what the shade says, for who does not see shades."""
        return round((SIDE - 10) * min(self.percent or 0, 100) / 100)


@cache
def _layout():
    with TILES.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    left, top = (min(int(row[name]) for row in rows) for name in ("col", "row"))
    return [
        (row["province_code"], row["short_th"], GAP * (int(row["col"]) - left), GAP * (int(row["row"]) - top))
        for row in rows
    ]


def tiles(scope, asked, here, learned):
    """All provinces with the rate of those who finished, of {province: (starters, finishers)}.

    Where nothing is seen or counted, they stay empty.
    """
    seen = learned.keys() | {place.province for place in scope.places.values()}
    found = []
    for code, short, x, y in _layout():
        starters, finishers = learned.get(code, (0, 0))
        percent = Row(code, short, starters, finishers).percent if starters >= FEWEST else None
        url = asked.at("province", code) if code in seen else None
        name = scope.provinces.get(code, short)
        found.append(Tile(code, name, short, x + 1.5, y + 1.5, percent, url, code == here))
    return found


def size():
    """The map's breadth and height."""
    return tuple(GAP + max(place[axis] for place in _layout()) for axis in (2, 3))
