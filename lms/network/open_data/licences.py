"""Under which licence the files are given away. The ministry chooses one by SALA_DATA_LICENCE."""

from typing import NamedTuple

from django.conf import settings


class Licence(NamedTuple):
    name: str
    url: str


LICENCES = {
    "cc-by-4.0": Licence(
        "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"
    ),
    "cc0-1.0": Licence("Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "odc-by-1.0": Licence("Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"),
}


def chosen():
    return LICENCES[settings.SALA_DATA_LICENCE]
