"""A course's zip, however large what is in it: the process that takes it in grows by less than 300 MB."""

import pytest

pytestmark = pytest.mark.slow

WHO = """
from lms.accounts.models import User
from lms.centres.models import Centre
nok = User.objects.get(username="nok")
centre = Centre.objects.cared_for_by(nok).first()
"""

# A village's course with one lesson, as a zip at {path}.
SEND = f"""{WHO}
import io
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model
from cms.models import CentreFiles
from courses.authoring.drafts import local_course, make_draft
from courses.authoring.exporting.packing import parcel, zipped

def photo(number):
    exif = Image.Exif()
    exif[0x010F] = "a telephone"  # so that it is drawn anew
    file = io.BytesIO()
    Image.effect_noise((4080, 3060), 10 + number).convert("RGB").save(file, "{{form}}", exif=exif)
    picture = get_image_model()(
        title=str(number), file=ContentFile(file.getvalue(), name=f"{{{{number}}}}.{{form}}"),
        collection=CentreFiles.objects.collection_of(centre),
    )
    picture.save()
    return picture.pk

course = local_course(centre, nok)
body = [{{body}}]
make_draft(course, nok, title="หนัก", body=body)
with open("{{path}}", "wb") as file:
    file.writelines(zipped(parcel(course)))
"""

PHOTOS = """{"type": "picture", "value": {"image": photo(n), "alt": "ผ้า", "caption": ""}} for n in range(6)"""
WORDS = """{"type": "text", "value": f"{n} " + "ก" * 90} for n in range(3000)"""

# By how many MB the process grew while the file was taken in, and what came of it.
TAKE = f"""{WHO}
import gc
from pathlib import Path
from courses.authoring.archives import ArchiveProblem
from courses.authoring.exporting import arriving, taking_in
from courses.loading.problems import LoadError
from courses.models import LessonPage

def memory(what):
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(what)]
    return int(line.split()[1]) // 1024

gc.collect()
before = memory("VmRSS")
Path("/proc/self/clear_refs").write_text("5")  # the highest from now on
with open("{{path}}", "rb") as file:
    arriving.arrive(file, nok, centre)
print(memory("VmHWM") - before, LessonPage.objects.filter(title="หนัก").count())
"""


@pytest.mark.parametrize(
    "form, body", [("jpeg", PHOTOS), ("png", PHOTOS), ("jpeg", WORDS)], ids=["photos", "drawings", "words"]
)
def test_it_grows_by_less_than_300_megabytes(form, body, prepared_site, tmp_path):
    path = tmp_path / "course.zip"
    prepared_site.copy_to(tmp_path / "one").shell(SEND.format(path=path, form=form, body=body))
    grown, lessons = prepared_site.copy_to(tmp_path / "other").shell(TAKE.format(path=path)).split()
    print(grown)
    assert lessons == "1"
    assert 5 < int(grown) < 300
