"""Places and sizes for the charts, which templates draw as SVG."""

from dataclasses import dataclass

LONGEST = 12  # months on one chart
TOP, FLOOR, LEFT, STEP, BAR = 22, 190, 52, 48, 17
TICKS = 4


@dataclass
class Month:
    row: object
    x: int
    tops: tuple  # of the bars of starters and finishers

    @property
    def short_label(self):
        """The month without its year, which is in the title and in the table."""
        return self.row.label.split("\N{NO-BREAK SPACE}")[0]

    @property
    def starters_top(self):
        return self.tops[0]

    @property
    def finishers_top(self):
        return self.tops[1]

    @property
    def starters_height(self):
        return FLOOR - self.tops[0]

    @property
    def finishers_height(self):
        return FLOOR - self.tops[1]

    @property
    def middle(self):
        return self.x + BAR + 1

    @property
    def second_x(self):
        return self.x + BAR + 2


def monthly(report):
    """The last twelve months of a report by month, the lines behind them, and the busiest month."""
    rows = report.rows[-LONGEST:]
    if not rows:
        return None
    highest = _ceiling(max(max(row.starters, row.finishers) for row in rows))
    months = [
        Month(row, LEFT + STEP * place, (_y(row.starters, highest), _y(row.finishers, highest)))
        for place, row in enumerate(rows)
    ]
    ticks = [(highest * tick // TICKS, _y(highest * tick / TICKS, highest)) for tick in range(TICKS + 1)]
    return {"months": months, "ticks": ticks, "busiest": max(rows, key=lambda row: row.starters)}


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
