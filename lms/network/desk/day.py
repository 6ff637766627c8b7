"""What one centre's day comes to, and what is left to do: all the counts of it by one query."""

from django.db.models import Count, DateTimeField, IntegerField, Min, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.models import CoursePage, Enrolment, LessonProgress, LessonReview
from lms.accounts.models import User
from lms.accounts.prepared import Prepared
from lms.centres.models import Centre, DataRequest, Learner, SignIn


def day_at(user, centre):
    """{name: count} of the centre today, as `user` may see it."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    shape = user.is_superuser, timezone.localdate()
    day = _DAY.rows(shape, person=user.pk, centre=centre.pk, midnight=midnight)[0]
    since = day.pop("reviews_since")
    return day | {"review_days": (timezone.now() - since).days if since else 0}


def _day(shape, person, centre, midnight):
    user = User(pk=person, is_superuser=shape[0])
    learners = Learner.objects.at(centre).active()
    progress = LessonProgress.objects.visible_to(user).filter(learner__home__centre=centre, learner__is_active=True)
    visits = SignIn.objects.filter(device__centre=centre, device__owner=None, started_at__gte=midnight)
    # Those who learned today are few, whoever has learned here before.
    today = Enrolment.objects.filter(learner__home__centre=centre, last_at__gte=midnight).values("learner")
    asked = {  # the centre is one of those that `user` cares for, and so are its requests
        "came": _count(visits, "learner"),
        "lessons": _count(progress.filter(learner__in=today, finished_at__gte=midnight)),
        "tasks": _count(progress.exclude(unchecked_since=None)),
        "locked": _count(learners.exclude(code__locked_at=None)),
        "guardians": _count(learners.waiting_for_guardian()),
        "papers": _count(learners.with_papers_to_look_at()),
        "reviews": Coalesce(Subquery(_waiting(centre, Sum("number")), output_field=IntegerField()), 0),
        "reviews_since": Subquery(_waiting(centre, Min("since")), output_field=DateTimeField()),
        "no_code": _count(learners.filter(code=None)),
        "requests": _count(DataRequest.objects.open().filter(centre=centre)),
    }
    return Centre.objects.order_by().filter(pk=centre).values(**asked)


_DAY = Prepared(_day)


def _waiting(centre, told):
    """What the lessons of the centre's own courses that wait for their reviewer come to: how many, or since when."""
    reviews = LessonReview.objects.waiting().filter(lesson__path__startswith=OuterRef("path")).order_by("submitted_at")
    courses = CoursePage.objects.filter(centre=centre).order_by()
    courses = courses.annotate(one=Value(1), number=_count(reviews), since=Subquery(reviews.values("submitted_at")[:1]))
    return courses.values("one").annotate(told=told).values("told")


def _count(rows, different=None):
    """How many rows, or how many different values of a field, as a part of another query."""
    counted = Count(different, distinct=True) if different else Count("*")
    one = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=counted).values("number")
    return Coalesce(Subquery(one, output_field=IntegerField()), 0)
