"""The demo's centres and people. What is there already stays as it is."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cms.models import CertificateSettings
from lms.accounts.codes import pictures_code
from lms.accounts.models import SecretCode, User
from lms.accounts.second_factor import demo
from lms.centres.models import Centre, HomeCentre, Learner, Region
from lms.network.demo import cast


@transaction.atomic
def settle():
    """Make the centres and the people, once."""
    if Centre.objects.filter(code=cast.CENTRES[0].code).exists():
        return
    centres = _build_centres()
    _invite_learners(centres)
    _appoint_staff(centres)
    _name_who_signs()


def demo_learners():
    """The invented learners, in a fixed order."""
    codes = [centre.code for centre in cast.CENTRES]
    return Learner.objects.filter(home__centre__code__in=codes).order_by("date_joined")


def _build_centres():
    return Centre.objects.bulk_create(
        Centre(
            code=demo.code,
            name_th=demo.name_th,
            name_en=demo.name_en,
            subdistrict_id=demo.subdistrict,
            host_kind=demo.host_kind,
            status=Centre.Status.PAUSED if demo.status_reason else Centre.Status.OPEN,
            status_reason=demo.status_reason,
            opened_on=date(2010, 5, 1),
        )
        for demo in cast.CENTRES
    )


def _invite_learners(centres):
    first, *others = centres
    homes = [(first, person) for person in cast.AT_THE_FIRST_CENTRE]
    homes += [(centre, person) for centre in others for person in cast.AT_EACH_OTHER_CENTRE]
    joined = timezone.now() - timedelta(days=200)
    learners = [
        User(name=name, age_band=age_band, date_joined=joined + timedelta(minutes=place))
        for place, (_centre, (name, age_band)) in enumerate(homes)
    ]
    for learner in learners:
        learner.set_unusable_password()
    User.objects.bulk_create(learners)
    HomeCentre.objects.bulk_create(
        HomeCentre(learner=learner, centre=centre, since=timezone.localdate(joined))
        for learner, (centre, _person) in zip(learners, homes, strict=True)
    )
    secret = SecretCode(user=learners[0], kind=SecretCode.Kind.PICTURES)
    secret.keep(pictures_code(cast.LEARNERS_PICTURES))
    secret.save()


def _appoint_staff(centres):
    since = timezone.localdate() - timedelta(days=400)
    centres[0].appoint_caretaker(_employ(cast.CARETAKER), started_on=since)
    officer = _employ(cast.MINISTRY)
    officer.ministry_posts.create(started_on=since)
    region = Region.objects.get(region_set__is_current=True, code=cast.CORE_MEMBERS_REGION)
    looked_after = [centre for centre in centres if region.provinces.filter(code=centre.province_code).exists()]
    core_member = _employ(cast.CORE_MEMBER)
    core_member.appointments.create(region=region, started_on=since).centres.set(looked_after)
    admin = _employ(cast.ADMIN, is_staff=True, is_superuser=True)
    for person in (officer, core_member, admin):
        demo.give(person)


def _name_who_signs():
    """On certificates: that they are a demo's, and the caretaker of the invented centre."""
    printed = CertificateSettings.load()
    printed.issuer = cast.ISSUER
    printed.signatory_name, printed.signatory_title = cast.CARETAKER.name, cast.CARETAKERS_TITLE
    printed.save()


def _employ(person, **rights):
    return User.objects.create_user(person.username, person.password, name=person.name, **rights)
