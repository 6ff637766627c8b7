"""A film is made ready by a process of its own: it takes minutes, which no web server's thread should wait."""

import fcntl
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from cms.films import check_film, store_film
from courses.authoring.drafts import newest_draft, put_block
from courses.models import Film

MOST_AT_ONCE = 10  # that wait or are made, in the whole site

log = logging.getLogger(__name__)


def send_film(lesson, user, upload, *, block, after, transcript):
    """Begin to make a film ready. Raises ValidationError in words; sending the same again changes nothing."""
    check_film(upload)
    if Film.objects.being_made().exclude(pk=block).count() >= MOST_AT_ONCE:
        raise ValidationError(_("Many films are being made ready just now. Send yours again in ten minutes."))
    film, is_new = Film.objects.get_or_create(
        pk=block, defaults={"lesson": lesson, "user": user, "after": after, "transcript": transcript}
    )
    if not is_new:
        return film
    folder = Path(tempfile.mkdtemp(prefix="sala-film-"))
    with (folder / "film").open("wb") as copy:
        upload.seek(0)
        shutil.copyfileobj(upload, copy)
    transaction.on_commit(lambda: begin(film, folder))
    return film


def begin(film, folder):
    """`manage.py make_film`, which goes on where this web server is started anew."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "make_film", str(film.pk), str(folder)]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
    threading.Thread(target=process.wait, daemon=True).start()  # or it would stay as a zombie


def make_ready(film, folder):
    """Make it, and put it into the lesson's draft; whatever happens, nothing stays in the folder."""
    try:
        with _one_at_a_time(), (folder / "film").open("rb") as file:
            document = store_film(File(file), film.lesson.course.centre, film.user, film.lesson.title)
        try:
            with newest_draft(film.lesson, film.user) as draft:
                value = {"file": document.pk, "captions": None, "transcript": film.transcript}
                put_block(draft, "video", value, film.pk, film.after)
                Film.objects.filter(pk=film.pk).update(state=Film.State.READY)
        except BaseException:
            document.file.storage.delete(document.file.name)
            document.delete()
            raise
    except ValidationError as refused:
        _refuse(film, refused.messages[0])
    except Exception:
        log.exception("a film was not made ready")
        _refuse(film, _("The fault is ours. Send the film again."))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse(film, why):
    Film.objects.filter(pk=film.pk).update(state=Film.State.REFUSED, refusal=why[:300])


@contextmanager
def _one_at_a_time():
    """On one machine, so that lessons can still be read while films are made."""
    with (Path(tempfile.gettempdir()) / f"sala-film-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
