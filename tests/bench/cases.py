"""What is asked: the same questions to every contender, each as a list of requests no two of which are alike."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urlencode

from tests.bench import data
from tests.bench.client import Answer, Asked
from tests.bench.contenders import LIMIT, OURS, STOCK
from tests.bench.limit_sql import COLUMNS
from tests.support.html import Element, parse

FIELDS = ",".join(COLUMNS)
TASK_FIELDS = "code,activity,role,verb,office_as_stated,basis"
# Addresses name the port, and times are written in two ways.
WRITTEN_DIFFERENTLY = ("url", "web_url", "updated")
LISTS = {"/activities/", "/offices/", "/goals/"}
PAGE = 50
ACTIVITIES_BY_LINE_AND_KIND = """
SELECT l.code, a.kind, count(*) FROM lines_of_effort_activity a JOIN lines_of_effort_lineofeffort l
ON l.id = a.line_of_effort_id WHERE a.notional GROUP BY 1, 2 ORDER BY 1, 2
"""
# As many tasks as an office's page shows.
TASKS_SHOWN = 30
Requests = dict[str, list[Asked]]


@dataclass(frozen=True)
class Case:
    """A question, and the least share of the limit's rate that is to be reached."""

    name: str
    target: float
    requests: Callable[["Sample"], Requests]
    facts: Callable[[Answer], Any]
    # Asked again and again with the same address: what is kept may answer.
    repeated: bool = False


class Sample:
    """Codes and words to ask with, drawn from the database; the same draw each time."""

    def __init__(self, url: str, number: int):
        draw = Random(1)
        notional = "WHERE notional ORDER BY id"
        self.number = number
        activities = data.column(url, f"SELECT code FROM lines_of_effort_activity {notional}")
        self.activities = draw.sample(activities, min(number, len(activities)))
        offices = data.column(url, f"SELECT code FROM strategy_office {notional}")
        self.offices = draw.sample(offices, min(number, len(offices)))
        counts = data.rows(url, ACTIVITIES_BY_LINE_AND_KIND)
        places = [(line, kind, page) for line, kind, count in counts for page in range(1, min(count // PAGE, 15) + 1)]
        self.places = draw.sample(places, min(number, len(places)))
        titles = data.column(url, f"SELECT title FROM lines_of_effort_activity {notional} LIMIT 20000")
        words = sorted({words_of(title) for title in titles})
        self.words = draw.sample(words, min(number, len(words)))


def words_of(title: str) -> str:
    """Three words that not every title has: what is done to what, and where."""
    verb, thing, *_ = title.lower().split()
    place = title.lower().partition(" for the ")[2].split()[0]
    return f"{verb} {thing} {place}"


def query(path: str, **params: Any) -> Asked:
    return Asked(f"{path}?{urlencode(params, safe=',')}" if params else path)


def pages(questions: list[dict[str, Any]]) -> Requests:
    """Pages of activities with their line of effort, their goals, and all offices by role."""
    order = {"ordering": "title"}
    stock = {"ordering": "title,code_order,code", "notional": "true"}
    return {
        LIMIT: [query("/page/", **params, **order) for params in questions],
        STOCK: [query("/activities/", **params, **stock) for params in questions],
        OURS: [query("/api/v1/activities/", **params, **order, notional="only", fields=FIELDS) for params in questions],
    }


def by_office(sample: Sample) -> Requests:
    return pages([{"office": code, "role": "supporting"} for code in sample.offices])


def by_line(sample: Sample) -> Requests:
    return pages([{"line_of_effort": line, "kind": kind, "page": page} for line, kind, page in sample.places])


def details(sample: Sample) -> Requests:
    return {
        LIMIT: [query("/record/", code=code) for code in sample.activities],
        STOCK: [query(f"/activities/{code}/") for code in sample.activities],
        OURS: [query(f"/api/v1/activities/{code}/", fields=FIELDS) for code in sample.activities],
    }


def assignments(sample: Sample) -> Requests:
    offices = [{"office": code} for code in sample.offices]
    ours = {"notional": "only", "fields": TASK_FIELDS, "expand": "activity"}
    return {
        LIMIT: [query("/assignments/", **params) for params in offices],
        STOCK: [query("/assignments/", **params, notional="true") for params in offices],
        OURS: [query("/api/v1/assignments/", **params, **ours) for params in offices],
    }


def taskings(sample: Sample) -> Requests:
    """An office's tasking as the API works it out, with the goals, the other offices and the sources of each task."""
    return {
        LIMIT: [query("/tasking/", office=code) for code in sample.offices],
        OURS: [query(f"/api/v1/offices/{code}/tasking/") for code in sample.offices],
    }


def office_pages(sample: Sample) -> Requests:
    return {
        LIMIT: [query("/office/", office=code, page_size=TASKS_SHOWN) for code in sample.offices],
        OURS: [query(f"/offices/{code}/") for code in sample.offices],
    }


def matrices(sample: Sample) -> Requests:
    """The matrix of the sourced content, each time asked for otherwise: the response cache has none of them."""
    readers = [{"Accept": f"text/html, x/turn-{turn}"} for turn in range(sample.number)]
    return {name: [Asked("/matrix/", headers) for headers in readers] for name in (LIMIT, OURS)}


def searches(sample: Sample) -> Requests:
    questions = [{"search": words, "page_size": "20"} for words in sample.words]
    return {
        LIMIT: [query("/page/", **params) for params in questions],
        STOCK: [query("/activities/", **params, notional="true") for params in questions],
        OURS: [query("/api/v1/activities/", **params, notional="only", fields=FIELDS) for params in questions],
    }


def html_pages(sample: Sample) -> Requests:
    questions = [{"office": code, "role": "supporting", "ordering": "title"} for code in sample.offices]
    return {
        LIMIT: [query("/html/", **params) for params in questions],
        OURS: [query("/activities/", **params, notional="only") for params in questions],
    }


def again(requests: Callable[[Sample], Requests]) -> Callable[[Sample], Requests]:
    """The first of the requests, over and over."""

    def repeated(sample: Sample) -> Requests:
        return {name: [own[0]] * len(own) for name, own in requests(sample).items() if name != STOCK}

    return repeated


# ---- What an answer says ---------------------------------------------------------------------------------------------


def page_facts(answer: Answer) -> Any:
    page = json.loads(answer.body)
    return page["count"], page["results"]


def assignment_facts(answer: Answer) -> Any:
    count, results = page_facts(answer)
    for row in results:
        row["activity"] = without_addresses(row["activity"])
    return count, results


def without_addresses(value: Any) -> Any:
    """The value, at any depth, but for what the contenders write in ways of their own."""
    if isinstance(value, dict):
        return {name: without_addresses(inner) for name, inner in value.items() if name not in WRITTEN_DIFFERENTLY}
    return [without_addresses(inner) for inner in value] if isinstance(value, list) else value


def tasking_facts(answer: Answer) -> Any:
    tasking = without_addresses(json.loads(answer.body))
    return {name: tasking[name] for name in ("count", "office", "notional", "counts", "results")}


def record_links(element: Element) -> set[str]:
    """The activities, offices and goals it links to."""
    return {link for link in element.links if link.startswith(("/activities/", "/offices/", "/goals/"))} - LISTS


def html_facts(answer: Answer) -> Any:
    """Of each row the records it links to."""
    rows = [record_links(row) for row in parse(answer.body.decode()).all("table:first-of-type tr")]
    return [links for links in rows if links]


def office_facts(answer: Answer) -> Any:
    """How many tasks there are in each role, and of each task that is shown the records it links to."""
    page = parse(answer.body.decode()).one("main")
    numbers = [text for text in page.texts("li > b, li > a > b") if text.isdigit()]
    return numbers[:3], [record_links(task) for task in page.all("article.task")]


def matrix_facts(answer: Answer) -> Any:
    """Every activity that is shown, and every mark as activity and role."""
    table = parse(answer.body.decode()).one("table.matrix")
    activities = {link for link in table.links if link.startswith("/activities/")} - LISTS
    marks = [(mark["href"], sorted(mark.classes - {"role", "role--inferred"})) for mark in table.all("a.role")]
    return activities, sorted(marks)


CASES = (
    Case("page of an office's activities", 0.50, by_office, page_facts),
    Case("page of a line's activities of one kind", 0.50, by_line, page_facts),
    Case("page, unchanged, asked again", 4.0, again(by_office), page_facts, repeated=True),
    Case("page, unchanged, answered 304", 4.0, again(by_office), lambda answer: answer.status, repeated=True),
    Case("one activity", 0.50, details, lambda answer: json.loads(answer.body)),
    Case("an office's assignments", 0.60, assignments, assignment_facts),
    Case("an office's tasking", 0.60, taskings, tasking_facts),
    Case("search, the first 20", 0.45, searches, page_facts),
    Case("HTML list page", 0.30, html_pages, html_facts),
    Case("HTML list page, unchanged, asked again", 1.0, again(html_pages), html_facts, repeated=True),
    Case("HTML office page", 0.25, office_pages, office_facts),
    Case("HTML matrix", 0.25, matrices, matrix_facts),
)
