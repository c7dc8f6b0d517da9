"""`manage.py start`: from an empty folder to a served site, in one step that can be repeated."""

import errno
import os
import signal
import socket
from argparse import ArgumentTypeError
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError, connection, connections

from config import health
from config.accounts.token_bucket import token_buckets
from config.environment import is_public
from config.server import served_databases, static_files
from config.server.start_lock import folder_lock, lock_database
from config.server.web_server import WebServer
from run import port_number

MAX_WORKERS = 64


def worker_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= MAX_WORKERS):
        raise ArgumentTypeError(f"{text} is not a number from 1 to {MAX_WORKERS}")
    return int(text)


class Command(BaseCommand):
    help = "Bring the database up to date, load the shipped content into an empty one, and serve the site."
    # The steps below check what they need, in an order that gives one clear line.
    requires_system_checks = [Tags.models, Tags.templates]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=port_number, default=8000, help="port to listen on (default: %(default)s)")
        usual = min(2, os.cpu_count() or 1)
        parser.add_argument("--workers", type=worker_number, default=usual, help="processes (default: %(default)s)")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        # Every step before serving may be cut short and is done again by the next start, so that Ctrl-C needs no
        # exception, which could get lost in code that is called back.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if settings.DEBUG and is_public(f"[{host}]" if ":" in host else host):
            raise CommandError("DEBUG is for this machine alone: not with --host.")
        self.require_free(host, port)
        with folder_lock(Path(settings.DATA_DIR), self.say_waiting):
            # Compressing takes a processor of its own, beside the database.
            with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
                collecting = pool.submit(static_files.collect)
                self.prepare_database()
            if collecting.result():
                self.stdout.write("Static files collected.")
            token_buckets().clear()
            connections.close_all()
        WebServer("config.wsgi:application", host, port, workers, ready=lambda: self.greet(host, port)).run()

    def require_free(self, host: str, port: int) -> None:
        # gunicorn tries for five seconds, after the database was prepared for nothing.
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            reason = "in use, choose another with --port" if error.errno == errno.EADDRINUSE else error.strerror
            raise CommandError(f"Cannot listen on {host} port {port}: {reason}.") from None

    def say_waiting(self) -> None:
        self.stdout.write("Another start is preparing this site: waiting for it to be done.")
        self.stdout.flush()

    def prepare_database(self) -> None:
        try:
            connection.ensure_connection()
            self.require_sound_file()
            lock_database(self.say_waiting)
            self.migrate()
            if not health.has_content():
                call_command("load_content", stdout=self.stdout)
        except (DatabaseError, InterfaceError) as error:
            reason = str(error).strip().splitlines()[0]
            raise CommandError(f"The database ({connection.vendor}) cannot be used: {reason}") from None
        served_databases.remember()

    def require_sound_file(self) -> None:
        # SQLite itself finds damage only where it happens to read.
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                if cursor.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    raise CommandError("The database file is damaged: put a backup in its place.")

    def migrate(self) -> None:
        migrations = health.migrations()
        if migrations.unknown:
            raise CommandError(
                f"The database is newer than this release, which does not know its {migrations.unknown[-1]}: "
                "install the newer release again, or restore a backup from before it."
            )
        if served_databases.was_served() and not health.has_content():
            raise CommandError(
                "The database had content when it was last served, and has none now: restore a backup, or begin anew "
                "with python3 run.py migrate and python3 run.py load_content."
            )
        if migrations.unapplied:
            call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
            self.stdout.write("Database brought up to date.")

    def greet(self, host: str, port: int) -> None:
        site = settings.PUBLIC_URL.rstrip("/") or f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self.stdout.write(
            f"Site      {site}/\n"
            f"API docs  {site}/api/docs/\n"
            f"Admin     {site}/admin/\n"
            "The first admin account: python3 run.py createsuperuser\n"
            "Stop with Ctrl-C."
        )
        self.stdout.flush()
