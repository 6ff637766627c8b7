"""The work itself: one import at a time in each process, claimed so that no two servers do the same."""

import logging
import shutil
import tempfile
import threading
import time
from pathlib import Path

from django.db import connections, transaction

from courses.authoring.exporting.taking_in import take_in
from courses.authoring.importing import child, limits, making
from courses.authoring.importing.parcel import opened
from courses.authoring.importing.problems import ImportProblem
from courses.loading.patience import TookTooLongError, within
from courses.models import LessonImport

PREFIX = "sala-import-"
LEFT_BEHIND = 10 * 60  # seconds after which a folder is nobody's any more: its server was killed
BEAT = 1.0  # seconds between two notes of progress
ONE_AT_A_TIME = threading.Semaphore()  # 300 MB each
_here = set()  # what threads of this process have in hand

log = logging.getLogger(__name__)


def start(batch):
    """In the background, once it is written that there is something to do."""
    transaction.on_commit(lambda: _start(batch.pk))


def look_after(batch):
    """Whoever looks at an import sees to it that somebody works at it. It comes back as it is now."""
    if batch.was_given_up:
        _over(batch, ImportProblem("interrupted"))
        batch.refresh_from_db()
    elif batch.state == LessonImport.State.WAITING or LessonImport.objects.forsaken().filter(pk=batch.pk).exists():
        start(batch)
    return batch


def _start(pk):
    if pk not in _here:
        _here.add(pk)
        threading.Thread(target=_in_thread, args=[pk], daemon=True, name=f"import {pk}").start()


def _in_thread(pk):
    try:
        with ONE_AT_A_TIME:
            take_up(pk)
    except Exception:
        log.exception("an import of lessons could not be taken up")
    finally:
        _here.discard(pk)
        connections.close_all()


def take_up(pk):
    """Read the file and make the drafts, if nobody else does, within a minute for both.

    Whatever happens, no folder and no file is left.
    """
    sweep()
    batch = LessonImport.objects.claim(pk)
    if batch is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix=PREFIX) as folder, within(limits.WALL_SECONDS):
            if batch.kind == LessonImport.COURSE:
                take_in(batch, _fetched(batch, Path(folder)), _teller(batch))
            else:
                making.make(batch, _read(batch, Path(folder)))
        _drop_file(batch)
    except making.Superseded:
        log.warning("the import %s was taken over meanwhile", pk)
    except ImportProblem as problem:
        _over(batch, problem)
    except TookTooLongError:
        _over(batch, ImportProblem("took_too_long", seconds=limits.WALL_SECONDS))
    except Exception:
        log.exception("the import %s failed", pk)
        _over(batch, ImportProblem("our_fault"))


def _read(batch, folder):
    media = folder / "media"
    media.mkdir()
    return opened(child.found_in(_fetched(batch, folder), media, batch.file_name, _teller(batch)), media)


def _fetched(batch, folder):
    """The file on this machine's disk, wherever uploads are kept."""
    source = folder / "file"
    try:
        with batch.file.storage.open(batch.file.name) as file, source.open("wb") as copy:
            shutil.copyfileobj(file, copy, limits.MB)
    except OSError as error:
        raise ImportProblem("our_fault") from error
    return source


def _teller(batch):
    """Writes progress, a second apart; by it others see that the work goes on."""
    last = 0.0

    def tell(per_cent):
        nonlocal last
        if time.monotonic() - last >= BEAT:
            last = time.monotonic()
            batch.beat(per_cent * 9 // 10)

    return tell


def _over(batch, problem):
    if batch.finish(LessonImport.State.FAILED, report={"problem": problem.as_json()}):
        _drop_file(batch)


def _drop_file(batch):
    if batch.file.name:
        try:
            batch.file.storage.delete(batch.file.name)
        except OSError:
            log.exception("the file of an import could not be deleted")


def forget(imports):
    """Old reports go, and with them any file that is still there."""
    for batch in imports:
        _drop_file(batch)
        batch.delete()


def sweep():
    """Folders that a killed server left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime > LEFT_BEHIND:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def take_up_all():
    """Those that wait, and those that were forsaken; how many."""
    for batch in LessonImport.objects.filter(state=LessonImport.State.WORKING):
        look = batch.was_given_up
        if look:
            _over(batch, ImportProblem("interrupted"))
    waiting = LessonImport.objects.filter(state=LessonImport.State.WAITING) | LessonImport.objects.forsaken()
    keys = list(waiting.order_by("made_at").values_list("pk", flat=True))
    for pk in keys:
        take_up(pk)
    return len(keys)
