from django.urls import path

from courses.authoring.review import author, offers, reviewer, versions

LESSON = "lessons/<uuid:key>/"
REVIEW = "reviews/<uuid:review>/"

urlpatterns = [
    path(LESSON + "review/", author.lesson_review, name="lesson_review"),
    path(LESSON + "submit/", author.lesson_submit, name="lesson_submit"),
    path(LESSON + "withdraw/", author.lesson_withdraw, name="lesson_withdraw"),
    path(LESSON + "offer/", author.lesson_offer, name="lesson_offer"),
    path(LESSON + "versions/", versions.lesson_versions, name="lesson_versions"),
    path(LESSON + "versions/<int:version>/", versions.lesson_version, name="lesson_version"),
    path(LESSON + "versions/<int:version>/back/", versions.version_back, name="version_back"),
    path("review-comments/<uuid:comment>/resolved/", author.comment_resolved, name="comment_resolved"),
    path("reviews/", reviewer.reviews, name="reviews"),
    path(REVIEW, reviewer.review, name="review"),
    path(REVIEW + "comments/", reviewer.comments, name="review_comments"),
    path(REVIEW + "send-back/", reviewer.sent_back, name="review_send_back"),
    path(REVIEW + "publish/", reviewer.published, name="review_publish"),
    path("offered/", offers.offered, name="offered"),
    path("offered/<uuid:key>/", offers.offered_lesson, name="offered_lesson"),
    path("offered/<uuid:key>/adopt/", offers.adopted, name="adopt"),
]
