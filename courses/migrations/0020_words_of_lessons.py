from django.db import migrations, models

from courses.said import words_of


def fill(apps, schema_editor):
    """What lessons said before they were searched."""
    CoursePage, LessonPage = apps.get_model("courses", "CoursePage"), apps.get_model("courses", "LessonPage")
    courses = dict(CoursePage.objects.filter(live=True).values_list("path", "key"))
    words = apps.get_model("courses", "LessonWords")
    for lesson in LessonPage.objects.filter(live=True).iterator():
        course = courses.get(lesson.path[:-4])  # treebeard's steplen
        if course:
            words.objects.create(lesson=lesson.key, course=course, text=words_of(lesson))


class Migration(migrations.Migration):
    dependencies = [("courses", "0019_courses_from_zips")]

    operations = [
        migrations.CreateModel(
            name="LessonWords",
            fields=[
                ("lesson", models.UUIDField(primary_key=True, serialize=False)),
                ("course", models.UUIDField(db_index=True)),
                ("text", models.TextField()),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
