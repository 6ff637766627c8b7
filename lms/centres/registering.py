"""Put the centres that importing.py read into the database, in sets, as often as one likes."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lms.centres.importing import CENTRE_COLUMNS, LIKENESS_COLUMNS, Problem, read_centres
from lms.centres.models import Centre, Programme, ProgrammeMembership, Subdistrict
from lms.centres.recoding import under_one_code

FIELDS = {column: column.replace("subdistrict_code", "subdistrict_id") for column in CENTRE_COLUMNS + LIKENESS_COLUMNS}


@dataclass
class Outcome:
    new: int
    changed: int
    unchanged: int
    new_programmes: list
    problems: list


def import_centres(data):
    """Add or update by code what is right in a file's bytes; tell what is not.

    Raises importing.Unreadable, and changes nothing, when the file as a whole cannot be read.
    """
    rows, problems = read_centres(data, set(Subdistrict.objects.values_list("code", flat=True)))
    with transaction.atomic():
        rows, unclear = under_one_code(rows)
        rows, at_odds = _without_contradictions(rows)
        new, changed = _keep_centres(rows)
        new_programmes = _keep_programmes(rows)
    return Outcome(
        new=len(new),
        changed=len(changed - new),
        unchanged=len(rows) - len(changed | new),
        new_programmes=new_programmes,
        problems=sorted(problems + unclear + at_odds, key=lambda problem: problem.line),
    )


def _keep_centres(rows):
    """The codes of the centres that were added, and of those that changed with one of the rows."""
    if not rows:
        return set(), set()
    told = [column for column in FIELDS if column in rows[0].values]  # every row has the file's columns
    fields = [FIELDS[column] for column in told]
    wanted = {row.values["code"]: {FIELDS[column]: row.values[column] for column in told} for row in rows}
    recoded = _recode(rows)
    known = {values["code"]: values for values in Centre.objects.values(*fields)}
    new = wanted.keys() - known.keys()
    changed = {code for code, values in wanted.items() if code in known and values != known[code]}
    Centre.objects.bulk_create(
        [Centre(**wanted[code]) for code in wanted if code in new | changed],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[field for field in fields if field != "code"],
    )
    changed |= recoded | _with_new_programme_dates(rows) - new
    return new, changed


def _recode(rows):
    """Give the rows' centres the codes that these say; the codes that are new."""
    wanted = {row.centre: row.values["code"] for row in rows if row.centre}
    centres = [centre for centre in Centre.objects.only("code") if centre.code != wanted.get(centre.pk, centre.code)]
    for centre in centres:
        centre.code = wanted[centre.pk]
    Centre.objects.bulk_update(centres, ["code"], batch_size=500)
    return {centre.code for centre in centres}


def _memberships():
    """What is known of centres in programmes: {(centre, programme, first day): last day}."""
    rows = ProgrammeMembership.objects.values_list("centre_id", "programme__code", "started_on", "ended_on")
    return {row[:3]: row[3] for row in rows}


def _membership(row):
    values = row.values
    return row.centre, values["programme_code"], values["programme_started_on"]


def _with_new_programme_dates(rows):
    known = _memberships()
    return {
        row.values["code"]
        for row in rows
        if row.values["programme_code"] and known.get(_membership(row), "unknown") != row.values["programme_ended_on"]
    }


def _without_contradictions(rows):
    """The rows that fit what is known, and the problem of those that start again what never ended."""
    still_open = {key[:2]: key[2] for key, ended_on in _memberships().items() if ended_on is None}
    good, problems = [], []
    for row in rows:
        since = still_open.get(_membership(row)[:2])
        starts = row.values["programme_started_on"]
        if since and since != starts and row.values["programme_ended_on"] is None:
            expected = _("%s, since when the centre has been in this programme") % since.isoformat()
            problems.append(Problem(row.line, "programme_started_on", starts.isoformat(), expected))
        else:
            good.append(row)
    return good, problems


def _keep_programmes(rows):
    """Add or update the rows' programme memberships; the codes of programmes never heard of before."""
    rows = [row for row in rows if row.values["programme_code"]]
    codes = {row.values["programme_code"] for row in rows}
    new = sorted(codes - set(Programme.objects.filter(code__in=codes).values_list("code", flat=True)))
    Programme.objects.bulk_create([Programme(code=code, name_th=code, name_en=code) for code in new])
    programmes = dict(Programme.objects.values_list("code", "pk"))
    centres = dict(Centre.objects.values_list("code", "pk"))
    ProgrammeMembership.objects.bulk_create(
        [
            ProgrammeMembership(
                centre_id=centres[row.values["code"]],
                programme_id=programmes[row.values["programme_code"]],
                started_on=row.values["programme_started_on"],
                ended_on=row.values["programme_ended_on"],
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["centre", "programme", "started_on"],
        update_fields=["ended_on"],
    )
    return new
