"""Health checks for a supervisor, without an account: is the process alive, may it be sent visitors."""

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from strategy.core import params


def has_unapplied_migrations() -> bool:
    """Whether the database's tables are older than this code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_outdated() -> bool:
    """Whether the database answers, but its tables are older than this code or missing."""
    try:
        return has_unapplied_migrations()
    except Error:
        return False


def has_content() -> bool:
    """Whether any strategy was loaded, be it visible to readers or not."""
    return apps.get_model("strategy", "Strategy")._base_manager.exists()


def is_ready() -> bool:
    """Whether a visitor would find the site and its content."""
    try:
        return not has_unapplied_migrations() and has_content()
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
    ready = is_ready()
    return plain_response(request, "ready" if ready else "not ready", 200 if ready else 503)


def plain_response(request: HttpRequest, text: str, status: int = 200) -> HttpResponse:
    """The text, or 400 for any parameter."""
    try:
        params.check_params(request.GET, (), blank=False)
    except params.BadParametersError as error:
        text, status = str(error), 400
    return HttpResponse(text, content_type="text/plain", status=status)
