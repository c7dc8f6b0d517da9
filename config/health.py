"""Health checks for a supervisor, without an account: is the process alive, may it be sent visitors."""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.server import postgres_wait
from strategy.core import params

# Their addresses: no frame, no cache, not counted.
PROBES = ("/healthz", "/readyz")
# A supervisor's probe ends after a few seconds.
PROBE_SECONDS = 1.0


@dataclass(frozen=True)
class Migrations:
    """What the database has of the migrations: some of this code missing, some that this code does not know."""

    unapplied: bool
    unknown: list[str]


def migrations() -> Migrations:
    executor = MigrationExecutor(connection)
    loader = executor.loader
    known = set(loader.disk_migrations).union(*(migration.replaces for migration in loader.disk_migrations.values()))
    # Of apps that this code no longer has, an earlier release may have left some behind.
    unknown = [key for key in loader.applied_migrations if key[0] in loader.migrated_apps and key not in known]
    unapplied = bool(executor.migration_plan(loader.graph.leaf_nodes()))
    return Migrations(unapplied, [".".join(key) for key in sorted(unknown)])


def is_outdated() -> bool:
    """Whether the database answers, but its tables are older than this code or missing."""
    try:
        return migrations().unapplied
    except Error:
        return False


def has_content() -> bool:
    """Whether any strategy was loaded, be it visible to readers or not."""
    strategies = apps.get_model("strategy", "Strategy")
    return strategies._meta.db_table in connection.introspection.table_names() and strategies._base_manager.exists()


def is_ready() -> bool:
    """Whether a visitor would find the site and its content, in tables that are this code's."""
    try:
        state = migrations()
        return not state.unapplied and not state.unknown and has_content()
    except Error:
        return False


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. The database is not asked: restarting the process would not mend it."""
    return plain_response(request, "ok")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The site may be sent visitors."""
    with postgres_wait.waiting_at_most(PROBE_SECONDS):
        ready = is_ready()
    return plain_response(request, "ready" if ready else "not ready", 200 if ready else 503)


def plain_response(request: HttpRequest, text: str, status: int = 200) -> HttpResponse:
    """The text, or 400 for any parameter."""
    try:
        params.check_params(request.GET, (), blank=False)
    except params.BadParametersError as error:
        text, status = str(error), 400
    return HttpResponse(text, content_type="text/plain", status=status)
