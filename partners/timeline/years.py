"""Engagements counted by nation and year: a table whose cells are shaded, on a page and as files."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse

from strategy.core import exports, params
from strategy.core.models import Notional
from strategy.core.views import StrictPage, filtered_list_url, page_citation

from ..models import Engagement, Participation, Partner

TITLE = "Engagements by nation and year"
# The newest that are shown.
MAX_YEARS = 15
SHADES = 5
ALL = "All engagements"


@dataclass(frozen=True)
class YearCell:
    """A count with the address of the list behind it and its shade from 0 (none) to SHADES (the most)."""

    count: int
    url: str
    shade: int


@dataclass
class YearRow:
    """A nation, or None for all engagements, with a cell a year and one for all years, the undated included."""

    nation: Partner | None
    cells: list[YearCell]
    total: YearCell

    @property
    def title(self) -> str:
        return self.nation.name if self.nation else ALL


@dataclass
class YearTable:
    """The counts by nation: ``years`` head the cells of each row, ``all`` counts every engagement.

    An engagement counts in each year in which it may have begun, as far as its source says.
    """

    years: list[int]
    all: YearRow
    rows: list[YearRow]
    undated: int


def years_of(engagement: Any) -> range:
    """The years in which an engagement may have begun; none where that is not known."""
    first, last = engagement["start_earliest"], engagement["start_latest"]
    return range(first.year, last.year + 1) if first and last else range(0)


def read_years(notional: str) -> YearTable:
    """The table of foreign nations with at least one engagement, in the order of their names: three queries."""
    engagements = {
        row["pk"]: years_of(row)
        for row in Engagement.objects.visible(notional).order_by().values("pk", "start_earliest", "start_latest")
    }
    nations = Partner.objects.visible(notional).nations().foreign().order_by("name")
    taking_part: dict[int, set[int]] = defaultdict(set)
    links = Participation.objects.filter(partner__in=nations.order_by(), engagement__in=list(engagements))
    for partner, engagement in links.order_by().values_list("partner", "engagement"):
        taking_part[partner].add(engagement)
    dated = {year for span in engagements.values() for year in span}
    years = list(range(max(min(dated), max(dated) - MAX_YEARS + 1), max(dated) + 1)) if dated else []
    counts = {pk: Counter(year for key in keys for year in engagements[key]) for pk, keys in taking_part.items()}
    most = max((counts[pk][year] for pk in counts for year in years), default=1)
    make = RowMaker(years, most, notional)
    return YearTable(
        years,
        make.row(None, Counter(year for span in engagements.values() for year in span), len(engagements)),
        [make.row(nation, counts[nation.pk], len(taking_part[nation.pk])) for nation in nations if nation.pk in counts],
        sum(1 for span in engagements.values() if not span),
    )


@dataclass
class RowMaker:
    """Makes rows of the table; ``most`` is the greatest count of a nation in a year, whose shade is the darkest."""

    years: list[int]
    most: int
    notional: str

    def row(self, nation: Partner | None, counts: Counter[int], total: int) -> YearRow:
        """The row of a nation, or of all engagements, which is not shaded."""
        cells = [self._cell(nation, counts[year], start__gte=str(year), start__lte=str(year)) for year in self.years]
        return YearRow(nation, cells, self._cell(nation, total))

    def _cell(self, nation: Partner | None, count: int, **filters: str) -> YearCell:
        shade = -(-count * SHADES // self.most) if nation and filters else 0
        narrowed = ({"partner": nation.code} if nation else {}) | filters
        if self.notional != Notional.EXCLUDE:
            narrowed["notional"] = self.notional
        return YearCell(count, filtered_list_url("engagement", **narrowed), shade)


class EngagementYears(StrictPage):
    """``/engagement-years/``: the table; with a suffix the same numbers as a file."""

    query_params = ("notional",)

    def get(self, request: HttpRequest, suffix: str = "") -> HttpResponseBase:
        notional = params.choice_param(request.GET, "notional", Notional.values, Notional.EXCLUDE)
        table = read_years(notional)
        if suffix:
            columns = ["code", "nation", *map(str, table.years), "all_years"]
            return exports.download(exports.Sheet("engagement-years", columns, sheet_rows(table)), suffix)
        context = {
            "title": TITLE,
            "years": table,
            "shades": range(1, SHADES + 1),
            "breadcrumbs": [("Strategy", "/"), ("Engagements", reverse("engagement-list")), ("By year", "")],
            "citation": page_citation(request, TITLE),
            "downloads": exports.download_links(request.path, request.GET.urlencode()),
            "notional": notional == Notional.ONLY,
        }
        return TemplateResponse(request, "partners/timeline/years.html", context)


def sheet_rows(table: YearTable) -> Iterator[list[Any]]:
    """One row a nation, and all engagements first."""
    for row in (table.all, *table.rows):
        code = row.nation.code if row.nation else ""
        yield [code, row.title, *(cell.count for cell in row.cells), row.total.count]
