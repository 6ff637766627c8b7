"""From joining to a certificate: five numbers of people, each with a meaning of its own."""

from dataclasses import dataclass

from courses import people
from courses.definitions import DEFINITIONS, Definition


@dataclass
class Stage:
    name: str
    definition: Definition
    number: int | None  # None: not counted here, or not known
    share: int  # of the largest, in hundredths: how long its bar is


def stages(total):
    """They are not parts of each other: who finishes this year may have started last year."""
    names = [f"people_{name}" for name in people.NAMES]
    numbers = {name: getattr(total, name) for name in names}
    largest = max(number or 0 for number in numbers.values()) or 1
    return [
        Stage(name, DEFINITIONS[name], number, round(100 * (number or 0) / largest)) for name, number in numbers.items()
    ]
