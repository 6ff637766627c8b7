"""The bank's addresses, below /studio/."""

from django.urls import path

from courses.authoring.bank import bringing, lessons, template, views

urlpatterns = [
    path("questions/", views.questions, name="bank_questions"),
    path("questions/new/", views.new, name="bank_question_new"),
    path("questions/new/<slug:kind>/", views.new_of_kind, name="bank_question_of_kind"),
    path("questions/bring/", bringing.bring, name="bank_questions_bring"),
    path("questions/bring/keep/", bringing.keep, name="bank_questions_keep"),
    path("questions/template/<slug:form>/", template.template, name="bank_template"),
    path("questions/preview/<slug:kind>/", views.preview, name="bank_question_preview"),
    path("questions/of-lesson/<int:page>/", lessons.out_of_lesson, name="bank_questions_of_lesson"),
    path("questions/<uuid:question>/", views.question, name="bank_question"),
    path("questions/<uuid:question>/seen/", views.seen, name="bank_question_seen"),
    path("questions/<uuid:question>/copy/", views.copied, name="bank_question_copy"),
    path("questions/<uuid:question>/remove/", views.removed, name="bank_question_remove"),
    path("questions/<uuid:question>/lesson/", lessons.into_lesson, name="bank_question_into_lesson"),
]
