from django.core.management.base import BaseCommand

from lms.network.retention import keep_to


class Command(BaseCommand):
    help = "Let go of what has been kept long enough, by SALA_RETENTION_*; --dry-run only reports. Once a night."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="change nothing; the same report")

    def handle(self, *, dry_run, **options):
        for line in keep_to(dry_run):
            oldest = f", the oldest of {str(line.oldest)[:10]}" if line.oldest else ""
            self.stdout.write(f"{line.name}: {line.count}{oldest}")
