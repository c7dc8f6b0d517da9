"""The home page, which draws on every app, and the pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from lines_of_effort.models import Activity, LineOfEffort
from partners.models import Engagement, Framework, Partner
from strategy.core import params
from strategy.core.counting import counts
from strategy.core.fulltext import SearchError
from strategy.core.params import check
from strategy.models import Chapter, Conflict, Goal, Means, Office, Risk, SearchEntry, Silence, Source, Strategy, Term
from strategy.views import bad_request
from strategy.views.search import result

COUNTED = (Office, Partner, Framework, Engagement, Term, Source, Silence, Conflict)


def home(request: HttpRequest) -> HttpResponse:
    """The strategy on one page: ends, ways, means, risks, and how much is known of it."""
    try:
        check(request.GET, (), blank=False)
    except params.BadParametersError as error:
        return bad_request(request, error)
    activities = list(Activity.objects.visible().for_list())
    lines = list(LineOfEffort.objects.visible())
    context = {
        "strategy": Strategy.objects.visible().filter(status="published").first(),
        "goals": Goal.objects.visible(),
        "lines": [(line, [a for a in activities if a.line_of_effort_id == line.pk]) for line in lines],
        "unplaced": [a for a in activities if a.line_of_effort_id is None],
        "means": Means.objects.visible(),
        "risks": Risk.objects.visible(),
        "counts": [
            (str(model._meta.verbose_name_plural), reverse(f"{model._meta.model_name}-list"), count)
            for model, count in zip(COUNTED, counts([model.objects.visible() for model in COUNTED]), strict=True)
        ],
        "led": sum(bool(activity.leads) for activity in activities),
        "activities": activities,
        "chapters": Chapter.objects.visible(),
    }
    return TemplateResponse(request, "home.html", context)


def about(request: HttpRequest) -> HttpResponse:
    """How the content was compiled and how sure it is."""
    try:
        check(request.GET, (), blank=False)
    except params.BadParametersError as error:
        return bad_request(request, error)
    return TemplateResponse(request, "about.html", {"breadcrumbs": [("Strategy", "/"), ("About the data", "")]})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the records nearest to what was asked for."""
    asked = request.path.rstrip("/").rpartition("/")[2][: params.MAX_VALUE]
    words = asked.replace("-", " ")[:100]
    message = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    try:
        hits = SearchEntry.objects.visible().hits(words, limit=5)
    except SearchError:
        hits = []
    context = {
        "message": message or "There is no page at this address.",
        "suggestions": [result(hit) for hit in hits],
        "search_url": f"{reverse('search')}?{urlencode({'q': words})}",
    }
    return TemplateResponse(request, "404.html", context, status=404)
