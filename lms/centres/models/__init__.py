"""Where people learn, who cares for them there, and on which machines."""

from lms.centres.models.audit import AuditEntry
from lms.centres.models.centre import Centre, Programme, ProgrammeMembership
from lms.centres.models.closure import Closure
from lms.centres.models.consent import Consent
from lms.centres.models.data_request import DataRequest
from lms.centres.models.device import Device, SignIn
from lms.centres.models.learner import HomeCentre, Learner
from lms.centres.models.learner_import import ImportedLearner, LearnerImport
from lms.centres.models.owned import LearnerOwnedQuerySet
from lms.centres.models.past import CentrePast
from lms.centres.models.phone import PhoneInvite
from lms.centres.models.place import District, Province, ProvinceRegion, Region, RegionSet, Subdistrict
from lms.centres.models.role import Appointment, Membership, MinistryPost
from lms.centres.models.visit import VisitCount

__all__ = [
    "Appointment",
    "AuditEntry",
    "Centre",
    "CentrePast",
    "Closure",
    "Consent",
    "DataRequest",
    "Device",
    "District",
    "HomeCentre",
    "ImportedLearner",
    "Learner",
    "LearnerImport",
    "LearnerOwnedQuerySet",
    "Membership",
    "MinistryPost",
    "PhoneInvite",
    "Programme",
    "ProgrammeMembership",
    "Province",
    "ProvinceRegion",
    "Region",
    "RegionSet",
    "SignIn",
    "Subdistrict",
    "VisitCount",
]
