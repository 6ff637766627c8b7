from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from lms.accounts import uploads


class Command(BaseCommand):
    help = "Copy a folder of uploaded files into the bucket, as far as they are not there. It may be run again."

    def add_arguments(self, parser):
        parser.add_argument("directory", help="what SALA_MEDIA_ROOT was, or where a backup's media.tar was unpacked")

    def handle(self, *, directory, **options):
        bucket, root = uploads.bucket(), Path(directory)
        if not bucket:
            raise CommandError("SALA_MEDIA_URL names no bucket")
        if not root.is_dir():
            raise CommandError(f"{root} is no folder")
        there, copied = bucket.names(), 0
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name = path.relative_to(root).as_posix()
            if name not in there:
                with path.open("rb") as file:
                    bucket.save(name, File(file))
                copied += 1
        self.stdout.write(f"{copied} files copied, {len(there)} were in the bucket before")
