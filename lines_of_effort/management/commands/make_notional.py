import re
from argparse import ArgumentTypeError
from typing import Any

from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lines_of_effort.sample_data import Generator, GeneratorError, Size, is_unfinished, remove


def count_type(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,7}", text, re.ASCII):
        raise ArgumentTypeError(f"{text} is not a number from 1 to 99999999")
    return int(text)


def code_type(text: str) -> str:
    # With a hyphen, one strategy's codes could begin like those of another.
    if not re.fullmatch(r"[A-Z][A-Z0-9]{0,19}", text):
        raise ArgumentTypeError(f"{text} is not a code of up to 20 capital letters and digits")
    return text


class Command(BaseCommand):
    help = "Invent a notional strategy of any size, to measure or to practise with; or remove it again."
    # Templates are checked at start.
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--activities", type=count_type, default=1000, help="default: %(default)s")
        parser.add_argument("--offices", type=count_type, default=100, help="default: %(default)s")
        parser.add_argument("--assignments", type=count_type, default=5000, help="default: %(default)s")
        parser.add_argument("--seed", type=int, default=1, help="the draw (default: %(default)s)")
        parser.add_argument("--code", type=code_type, default="GEN", help="of the strategy (default: %(default)s)")
        parser.add_argument("--delete", action="store_true", help="remove the generated strategy of this code")

    def handle(
        self,
        *,
        activities: int,
        offices: int,
        assignments: int,
        seed: int,
        code: str,
        delete: bool,
        verbosity: int = 1,
        **options: Any,
    ) -> None:
        def report(line: str) -> None:
            if verbosity:
                self.stdout.write(line)
                self.stdout.flush()

        try:
            if delete:
                remove(code, report)
            else:
                if is_unfinished(code):
                    remove(code, report)
                Generator(code, Size(activities, offices, assignments), seed, report).run()
        except GeneratorError as error:
            raise CommandError(str(error)) from error
        report(f"{code}: {'removed' if delete else 'made'}")
