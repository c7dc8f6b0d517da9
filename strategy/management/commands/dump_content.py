from pathlib import Path

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from strategy.fixtures_io import dump, fixtures_folder
from strategy.models import Strategy


class Command(BaseCommand):
    help = "Write the content back to fixtures/: the way edits become a reviewable change."
    # Templates are checked at start.
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser):
        parser.add_argument("--notional", action="store_true", help="the training content instead of the sourced one")
        parser.add_argument("--to", dest="folder", type=Path, help="write below another folder")

    def handle(self, *, notional, folder, verbosity=1, **options):
        if not Strategy.objects.filter(notional=notional).exists():
            raise CommandError("There is no such strategy in the database: nothing was written.")
        target = folder or fixtures_folder(notional=notional)
        count = dump(target, notional=notional)
        if verbosity:
            self.stdout.write(f"{count} rows written")
