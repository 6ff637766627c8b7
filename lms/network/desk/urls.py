from django.urls import path

from lms.network import audit
from lms.network.desk import (
    cards,
    codes,
    consents,
    devices,
    import_template,
    imports,
    learners,
    more,
    phones,
    registration,
)

app_name = "desk"
urlpatterns = [
    path("", learners.learners, name="learners"),
    path("learners/new/", registration.new_learner, name="new_learner"),
    path("learners/<uuid:learner>/", learners.learner, name="learner"),
    path("learners/<uuid:learner>/code/", codes.code, name="code"),
    path("learners/<uuid:learner>/consents/", consents.consents, name="consents"),
    path("learners/<uuid:learner>/guardian/", consents.guardian, name="guardian"),
    path("learners/<uuid:learner>/phones/", phones.invite, name="invite"),
    path("phones/<uuid:phone>/", phones.phone, name="phone"),
    path("cards/", cards.cards, name="cards"),
    path("import/", imports.imports, name="imports"),
    path("import/template.csv", import_template.template, {"format": "csv"}, name="template_csv"),
    path("import/template.xlsx", import_template.template, {"format": "xlsx"}, name="template_xlsx"),
    path("import/<uuid:batch>/", imports.batch, name="import"),
    path("import/<uuid:batch>/confirm/", imports.confirm, name="confirm"),
    path("import/<uuid:batch>/undo/", imports.undone, name="undo"),
    path("devices/", devices.devices, name="devices"),
    path("devices/<uuid:device>/", devices.device, name="device"),
    path("audit/", audit.of_centre, name="audit"),
    path("more/", more.more, name="more"),
]
