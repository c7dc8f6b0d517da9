"""Context processor: what every page shows around its content."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse

from .core.cache import VersionedCache, content_version, version_of_request
from .core.models import Notional
from .core.snapshots import current_snapshot, in_present
from .core.views import rooted
from .models import Source, Strategy
from .my_office.middleware import my_office
from .reader_strategy import (
    all_strategies_url,
    current_strategies,
    home_strategy,
    page_url,
    reader_strategy,
    strategy_query,
)
from .theme.views import THEMES, theme_of

NAVIGATION = (
    ("Strategy map", "/"),
    ("Tasking", "/matrix/"),
    ("Offices", "/offices/"),
    ("Activities", "/activities/"),
    ("Risks", "/risks/"),
    ("Partners", "/partners/"),
    ("Engagements", "/engagements/"),
    ("Whom to ask", "/contacts/"),
    ("Trace", "/trace/"),
    ("Read", "/read/"),
    ("Glossary", "/glossary/"),
)
# The foot of the page has what is looked for less often.
FOOT_NAVIGATION = (
    ("Goals", "/goals/"),
    ("Lines of effort", "/lines-of-effort/"),
    ("Frameworks", "/frameworks/"),
    ("Topics", "/topics/"),
    ("Organization chart", "/org-chart/"),
    ("Compare editions", "/compare/"),
    ("Compare offices", "/compare-offices/"),
    ("Findings", "/findings/"),
    ("Sources", "/sources/"),
    ("What changed", "/changes/"),
    ("About the data", "/about/"),
    ("API documentation", "/api/docs/"),
)
# Characters of an address that the links of the frame repeat.
MAX_ADDRESS = 2000
# Pages that take no parameter, and those of addresses that name what they compare.
PLAIN_PAGES = ("/about/", "/api/docs/", "/changes/", "/compare/")
# The log is of today, whatever moment the page shows.
PRESENT_PAGES = ("/changes/",)

_newest_source: VersionedCache[str] = VersionedCache(
    lambda: (
        Source.objects.visible().order_by(F("latest").desc(nulls_last=True)).values_list("date", flat=True).first()
        or ""
    )
)


class SiteFrame:
    """The frame of one page. What the content decides is read when a template asks for it, and not for the admin."""

    def __init__(self, request: HttpRequest):
        self._request = request
        user = getattr(request, "user", None)
        self.name, self.marking = settings.SITE_NAME, settings.MARKING
        self.compiler, self.report_error = settings.COMPILER, settings.REPORT_ERROR
        self.sign_in = settings.SIGN_IN
        # For whoever must sign in first there is nothing to go on to.
        self.closed = settings.SIGN_IN and not (user and user.is_authenticated)

    @cached_property
    def _reader_strategy(self) -> Strategy | None:
        return reader_strategy(self._request)

    @property
    def strategy(self) -> Strategy | None:
        """The strategy a reader is in."""
        return self._reader_strategy

    @property
    def other_strategies(self) -> list[tuple[Strategy, str]]:
        """Where else a reader may go, each with the address of its map; none on a site of one strategy."""
        own, home = self._reader_strategy, home_strategy()
        if own is None:
            return []
        alike = current_strategies(Notional.ONLY if own.notional else Notional.EXCLUDE)
        others = dict.fromkeys(filter(None, (home, *alike)))
        return [(other, page_url("/", other)) for other in others if other != own]

    @property
    def all_strategies_url(self) -> str:
        """The way out of the strategy that the page is narrowed to; empty where it is not."""
        return all_strategies_url(self._request)

    @property
    def strategy_params(self) -> list[tuple[str, str]]:
        """The parameters that keep the reader in the strategy, for forms."""
        return list(strategy_query(self._reader_strategy).items())

    @property
    def map_url(self) -> str:
        return page_url("/", self._reader_strategy)

    @property
    def newest_source(self) -> str:
        """The date of the newest source of the content, as EDTF; empty without a dated one."""
        return _newest_source()

    @property
    def changed(self) -> datetime:
        """When the content last changed."""
        return content_version.version_time(version_of_request())

    @property
    def _here(self) -> str:
        """The address to come back to; without its parameters where these are longer than any page of ours needs."""
        address = self._request.get_full_path()
        return address if len(address) <= MAX_ADDRESS else self._request.path

    @property
    def theme(self) -> str:
        """The palette the reader chose: "light", "dark", or "auto"."""
        return theme_of(self._request)

    @property
    def themes(self) -> list[tuple[str, str, bool]]:
        """The palettes to choose from: label, address, and whether it is the chosen one."""
        here = self._here
        return [
            (label, reverse("theme", query={"theme": value, "next": here}), value == self.theme)
            for value, label in THEMES.items()
        ]

    @property
    def sign_in_url(self) -> str:
        """Where to sign in and come back to this page."""
        return in_present(reverse("sign-in", query={"next": self._here}))

    @property
    def sign_out_url(self) -> str:
        return in_present(reverse("sign-out"))

    @property
    def past(self) -> bool:
        """Whether the page shows other content than that of today."""
        return current_snapshot() is not None

    @property
    def snapshot_title(self) -> str:
        """What the content shown is that of, other than of a moment in the past."""
        snapshot = current_snapshot()
        return snapshot.title if snapshot else ""

    @property
    def present_url(self) -> str:
        """The address of the same page today."""
        return in_present(self._here)

    @property
    def nav(self) -> list[dict[str, str]]:
        own = my_office(self._request)
        return [*self._links(NAVIGATION), *(self._links([("My office", own.get_absolute_url())]) if own else [])]

    @property
    def foot(self) -> list[dict[str, str]]:
        return self._links(FOOT_NAVIGATION)

    def _links(self, pages: tuple[tuple[str, str], ...] | list[tuple[str, str]]) -> list[dict[str, str]]:
        """Label, address in the reader's strategy, and where the reader is: "page", "true" for its section, or ""."""
        here = self._request.path
        return [
            {
                "label": label,
                "url": self._address(path),
                "current": self._current(here, path),
            }
            for label, path in pages
        ]

    def _address(self, path: str) -> str:
        if path not in PLAIN_PAGES:
            return page_url(path, self._reader_strategy)
        return in_present(rooted(path)) if path in PRESENT_PAGES else rooted(path)

    @property
    def changes_url(self) -> str:
        """The page of what changed."""
        return self._address("/changes/")

    @staticmethod
    def _current(here: str, path: str) -> str:
        place = rooted(path)
        return "page" if here == place else "true" if path != "/" and here.startswith(place) else ""


def site(request: HttpRequest) -> dict[str, SiteFrame]:
    """The frame, as ``site``."""
    return {"site": SiteFrame(request)}
