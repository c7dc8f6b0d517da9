from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from strategy.fixtures_io import ContentError, load

# Problems listed: as many as fit on one screen.
MAX_PROBLEMS = 20


class Command(BaseCommand):
    help = "Load the shipped content: every record validated, all or nothing; a second load changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("--notional", action="store_true", help="load the training strategy as well")
        parser.add_argument("--from", dest="folder", type=Path, help="load the fixtures of another folder")

    def handle(self, *, notional, folder, verbosity=1, **options):
        folders = [folder] if folder else [None]
        try:
            reports = [load(path) for path in folders]
            if notional:
                reports.append(load(notional=True))
        except ContentError as error:
            lines = [str(problem) for problem in error.problems]
            count = f"{len(lines)} problem{'s' * (len(lines) != 1)}"
            shown = f", the first {MAX_PROBLEMS} shown" if len(lines) > MAX_PROBLEMS else ""
            raise CommandError("\n".join([*lines[:MAX_PROBLEMS], f"Nothing was written: {count}{shown}."])) from error
        if verbosity:
            totals = [sum(getattr(r, name) for r in reports) for name in ("created", "changed", "unchanged")]
            self.stdout.write("{} created, {} changed, {} unchanged".format(*totals))
