"""Rows about one learner, and who may see them."""

from django.db import models
from django.db.models import Q

from lms.centres.models.sight import centres_cared_for, only_centre, sees_all


class LearnerOwnedQuerySet(models.QuerySet):
    home_centre = "learner__home__centre_id"  # the way from a row to its learner's centre

    def visible_to(self, user):
        """Learners see their own rows; caretakers and core members those of their centres' people."""
        if not user.is_authenticated:
            return self.none()
        if sees_all(user):
            return self
        cared_for = Q(**{f"{self.home_centre}__in": centres_cared_for(user)})
        return self.filter(cared_for if only_centre(user) else Q(learner_id=user.pk) | cared_for)

    def of(self, learner):
        """Only the learner's own rows: what their own pages start from."""
        return self.filter(learner_id=learner.pk)
