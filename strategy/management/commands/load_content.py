from pathlib import Path

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError

from strategy.fixtures_io import ContentError, load

# Problems listed: as many as fit on one screen.
MAX_PROBLEMS = 20


class Command(BaseCommand):
    help = "Load the shipped content: every record validated, all or nothing; what was edited here is kept."
    # Templates are checked at start.
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser):
        parser.add_argument("--notional", action="store_true", help="load the training strategy as well")
        parser.add_argument("--from", dest="folder", type=Path, help="load the fixtures of another folder")
        parser.add_argument("--force", action="store_true", help="put back what was edited or deleted here")

    def handle(self, *, notional, folder, force=False, verbosity=1, **options):
        folders = [folder] if folder else [None]
        try:
            reports = [load(path, force=force) for path in folders]
            if notional:
                reports.append(load(notional=True, force=force))
        except ContentError as error:
            lines = [str(problem) for problem in error.problems]
            count = f"{len(lines)} problem{'s' * (len(lines) != 1)}"
            shown = f", the first {MAX_PROBLEMS} shown" if len(lines) > MAX_PROBLEMS else ""
            raise CommandError("\n".join([*lines[:MAX_PROBLEMS], f"Nothing was written: {count}{shown}."])) from error
        if verbosity:
            totals = [sum(getattr(r, name) for r in reports) for name in ("created", "changed", "unchanged")]
            self.stdout.write("{} created, {} changed, {} unchanged".format(*totals))
            self.say_edits([edit for report in reports for edit in report.edits], force=force)

    def say_edits(self, edits, *, force):
        for edit in edits[:MAX_PROBLEMS]:
            self.stdout.write(str(edit))
        if edits:
            shown = f", the first {MAX_PROBLEMS} shown" if len(edits) > MAX_PROBLEMS else ""
            count = f"{len(edits)} edit{'s' * (len(edits) != 1)}"
            if force:
                self.stdout.write(f"{count} overridden{shown}: the change log has what stood there.")
            else:
                advice = "write them to fixtures/ with dump_content, or put back what is shipped with --force."
                self.stdout.write(f"{count} kept{shown}: {advice}")
