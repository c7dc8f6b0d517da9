"""Panels of pages: every app's are found when the site starts, and no page has two of one title."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from strategy.core.views import LinksPanel, Panel, PanelsMixin, TablePanel, TemplatePanel, add_panels
from tests.support import factories as make
from tests.support.html import main_of

ROOT = Path(settings.BASE_DIR)
EXTENDING = [config for config in apps.get_app_configs() if (Path(config.path) / "page_extensions.py").exists()]
HERE = re.escape(__file__)


def every_page(base: type[PanelsMixin] = PanelsMixin) -> Iterator[type[PanelsMixin]]:
    for page in base.__subclasses__():
        yield page
        yield from every_page(page)


@pytest.mark.parametrize("config", EXTENDING, ids=lambda config: config.label)
def test_an_app_s_panels_are_found_when_the_site_starts(config: AppConfig) -> None:
    file = str(Path(config.path) / "page_extensions.py")
    added = [panel for page in every_page() for panel in page.panels if panel.place.startswith(f"{file}:")]
    assert added


def test_more_than_one_app_adds_panels() -> None:
    assert {config.label for config in EXTENDING} >= {"lines_of_effort", "partners"}


def test_nothing_else_imports_page_extensions() -> None:
    files = [file for config in apps.get_app_configs() for file in Path(config.path).rglob("*.py")]
    importing = [
        file for file in files if re.search(r"import .*page_extensions|page_extensions import", file.read_text())
    ]
    assert [file for file in importing if ROOT in file.parents and ".venv" not in file.parts] == []


def page_with(*panels: Panel) -> type[PanelsMixin]:
    return type("Page", (PanelsMixin,), {"panels": panels})


def links(title: str) -> LinksPanel:
    return LinksPanel(title, lambda record: record)


def test_panels_stand_after_those_there_are_or_first() -> None:
    page = page_with(links("own"))
    add_panels(page, links("last"))
    add_panels(page, links("one"), links("two"), first=True)
    assert [panel.title for panel in page.panels] == ["one", "two", "own", "last"]


def test_panels_of_one_kind_keep_their_order() -> None:
    table = TablePanel("Table", "rows", ())
    page = page_with(links("a"), table, links("b"))
    assert [panel.title for panel in page.panels_of(LinksPanel)] == ["a", "b"]
    assert page.panels_of(TablePanel) == [table]


def test_a_second_panel_of_a_title_is_refused_with_both_places() -> None:
    page = page_with(TablePanel("Same", "rows", ()))
    with pytest.raises(ImproperlyConfigured, match=rf"Page has two .*'Same': {HERE}:\d+ and {HERE}:\d+") as refused:
        add_panels(page, TemplatePanel("Same", lambda record: record))
    first, second = re.findall(r":(\d+)", str(refused.value))
    lines = Path(__file__).read_text().splitlines()
    assert 'TablePanel("Same"' in lines[int(first) - 1]
    assert 'TemplatePanel("Same"' in lines[int(second) - 1]
    assert [type(panel) for panel in page.panels] == [TablePanel]


def test_two_panels_of_a_title_in_one_class_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="two panels with the title 'Same'"):
        page_with(links("Same"), links("Same"))


@pytest.mark.django_db
def test_a_risk_s_page_has_its_activities_once(client: Client) -> None:
    risk = make.risk()
    make.activity_risk(risk=risk)
    assert len(main_of(client.get(risk.get_absolute_url())).all("#activities-it-threatens")) == 1
