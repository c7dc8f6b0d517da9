"""The home page, which draws on every app, and the page about the data."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from lines_of_effort.models import Activity, LineOfEffort
from partners.models import Engagement, Framework, Partner
from strategy.core import params
from strategy.core.counting import counts
from strategy.core.params import check
from strategy.models import Chapter, Conflict, Goal, Means, Office, Risk, Silence, Source, Strategy, Term
from strategy.views import bad_request

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
