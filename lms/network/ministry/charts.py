"""Places and sizes for the charts, which templates draw as SVG."""

from dataclasses import dataclass

LONGEST = 12  # months on one chart
TOP, FLOOR, LEFT, STEP, BAR = 22, 190, 52, 48, 13
TICKS = 4
SERIES = {"people_active": "d2", "people_starters": "d4", "people_finishers": "leaf"}  # and how each is painted


@dataclass
class Bar:
    name: str
    paint: str
    number: int
    x: int
    top: int

    @property
    def height(self):
        return FLOOR - self.top


@dataclass
class Month:
    row: object
    x: int
    bars: list
    changed: object = None  # what changed it after it was over: see lms.network.ministry.late

    @property
    def events_late(self):
        return self.changed.late if self.changed else 0

    @property
    def short_label(self):
        """The month without its year, which is in the title and in the table."""
        return self.row.label.split("\N{NO-BREAK SPACE}")[0]

    @property
    def middle(self):
        return self.x + len(self.bars) * (BAR + 1) // 2


def monthly(rows, changed=None):
    """Rows of months, the lines behind them, and the busiest month.

    `changed` says by month what changed it after it was over.
    """
    if not rows:
        return None
    highest = _ceiling(max(getattr(row, name) for row in rows for name in SERIES))
    months = [_month(row, place, highest, changed or {}) for place, row in enumerate(rows)]
    ticks = [(highest * tick // TICKS, _y(highest * tick / TICKS, highest)) for tick in range(TICKS + 1)]
    return {"months": months, "ticks": ticks, "busiest": max(rows, key=lambda row: row.people_active)}


def _month(row, place, highest, changed):
    left = LEFT + STEP * place
    bars = [
        Bar(name, paint, getattr(row, name), left + (BAR + 1) * at, _y(getattr(row, name), highest))
        for at, (name, paint) in enumerate(SERIES.items())
    ]
    return Month(row, left, bars, changed.get(row.code))


def _y(number, highest):
    return round(FLOOR - (FLOOR - TOP) * number / highest)


def _ceiling(number):
    """The next round number that four lines divide: 4, 8, 20, 40, 80, 200 ..."""
    power = 1
    while True:
        for round_number in (4, 8, 20):
            if number <= round_number * power:
                return round_number * power
        power *= 10
