"""`manage.py token`: gives, lists and revokes the tokens that programs read the API with."""

import argparse
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.checks import Tags
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.accounts.models import Token


def days(text: str) -> int:
    max_days = settings.TOKEN_MAX_DAYS
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= max_days):
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {max_days}")
    return int(text)


class Command(BaseCommand):
    help = "Give, list and revoke the tokens that programs read the API with."
    # Templates are checked at start.
    requires_system_checks = [Tags.models]

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="a new token, whose secret is written to stdout, once")
        create.add_argument("--days", type=days, default=settings.TOKEN_DAYS, help="lifetime (default: %(default)s)")
        revoke = actions.add_parser("revoke", help="end a token at once")
        for action in (create, revoke):
            action.add_argument("--user", required=True, help="the account it reads as")
            action.add_argument("--name", required=True, help="what uses it")
        actions.add_parser("list", help="all tokens, without their secrets")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "list":
            self.show()
        elif action == "create":
            self.create(self.user(options["user"]), options["name"], options["days"])
        else:
            self.revoke(self.user(options["user"]), options["name"])

    def user(self, name: str) -> User:
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user '{name}'.")
        return user

    def create(self, user: User, name: str, days: int) -> None:
        try:
            token, secret = Token.issue(user, name, days)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stderr.write(f"{token}, until {token.expiry:%Y-%m-%d}. It is shown this once:")
        self.stdout.write(secret)

    def revoke(self, user: User, name: str) -> None:
        deleted, _ = Token.objects.filter(user=user, name=name).delete()
        if not deleted:
            raise CommandError(f"{user} has no token '{name}'.")
        self.stdout.write(f"Revoked: {name} of {user}.")

    def show(self) -> None:
        for token in Token.objects.select_related("user"):
            used = f"last used {token.last_used}" if token.last_used else "never used"
            state = "" if token.user.is_active else " (the account is closed)"
            self.stdout.write(
                f"{token}{state}: created {token.created:%Y-%m-%d}, expires {token.expiry:%Y-%m-%d}, {used}"
            )
