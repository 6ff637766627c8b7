"""What centres add to the studio."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from lms.accounts.studio import SuperusersOnly
from lms.centres import studio
from lms.centres.models import (
    Appointment,
    Centre,
    Membership,
    MinistryPost,
    Programme,
    ProgrammeMembership,
)

for model in (Membership, Appointment, MinistryPost, ProgrammeMembership):
    register_permission_policy(model, SuperusersOnly(model))
for model in (Centre, Programme):  # closed or ended, never deleted: learning hangs on them
    register_permission_policy(model, SuperusersOnly(model, actions={"add", "change"}))


@hooks.register("register_admin_viewset")
def screens():
    return [
        studio.CentresGroup(),
        studio.PersonFinder("people-finder"),
        studio.CentreFinder("centre-finder"),
        studio.SubdistrictFinder("subdistrict-finder"),
    ]
