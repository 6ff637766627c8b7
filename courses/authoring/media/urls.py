from django.urls import path

from courses.authoring.media import views, voice_views

urlpatterns = [
    path("media/<uuid:lesson>/", views.media, name="lesson_media"),
    path("media/<uuid:lesson>/photo/", views.photo, name="lesson_photo"),
    path("media/<uuid:lesson>/film/", views.film, name="lesson_film"),
    path("media/<uuid:lesson>/credit/", views.credit, name="lesson_credit"),
    path("voice/<uuid:lesson>/", voice_views.voice, name="lesson_voice"),
    path("voice/<uuid:lesson>/story/", voice_views.story, name="lesson_story"),
    path("voice/<uuid:lesson>/<slug:part>/", voice_views.reading, name="lesson_reading"),
    path("voice/<uuid:lesson>/<slug:part>/silence/", voice_views.silence, name="lesson_silence"),
]
