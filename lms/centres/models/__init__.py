"""Where people learn, who cares for them there, and on which machines."""

from lms.centres.models.centre import Centre, Programme, ProgrammeMembership
from lms.centres.models.device import Device, SignIn
from lms.centres.models.learner import HomeCentre, Learner
from lms.centres.models.owned import LearnerOwnedQuerySet
from lms.centres.models.place import District, Province, ProvinceRegion, Region, RegionSet, Subdistrict
from lms.centres.models.role import Appointment, Membership, MinistryPost

__all__ = [
    "Appointment",
    "Centre",
    "Device",
    "District",
    "HomeCentre",
    "Learner",
    "LearnerOwnedQuerySet",
    "Membership",
    "MinistryPost",
    "Programme",
    "ProgrammeMembership",
    "Province",
    "ProvinceRegion",
    "Region",
    "RegionSet",
    "SignIn",
    "Subdistrict",
]
