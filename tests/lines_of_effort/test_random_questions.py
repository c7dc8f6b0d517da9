"""Random questions about random strategies: the API finds exactly what plain Python finds, in the same order."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.support.random_strategies import BASES, KINDS, ROLES, STATUSES, Graph, PlainActivity, drawn, stored

pytestmark = pytest.mark.django_db
ACTIVITIES, OFFICES = 1000, 40
Holds = Callable[[PlainActivity], bool]
Condition = tuple[str, Holds]


def one_of(random: Random, values: Any) -> str:
    return random.choice([value for value in values if value])


def several(random: Random, values: Any) -> list[str]:
    values = [value for value in values if value]
    return random.sample(list(values), random.randint(1, min(4, len(values))))


def simple(random: Random, graph: Graph) -> dict[str, Condition]:
    """Filters that speak of the activity itself or of what it is tied to; each name with a value and what it means."""
    result: dict[str, Condition] = {}
    ends: list[tuple[str, str, list[str]]] = [
        ("goal", "goals", graph.goals),
        ("stage", "stages", graph.stages),
        ("means", "means", graph.means),
        ("risk", "risks", graph.risks),
    ]
    for name, attribute, codes in ends:
        code, codes = one_of(random, codes), several(random, codes)
        result[name] = (code, lambda a, at=attribute, code=code: code in getattr(a, at))
        result[f"{name}__in"] = (",".join(codes), lambda a, at=attribute, c=codes: bool(set(c) & set(getattr(a, at))))
    fields: list[tuple[str, str, Any]] = [
        ("strategy", "strategy", graph.strategies),
        ("line_of_effort", "line", graph.lines),
        ("kind", "kind", KINDS),
        ("status", "status", STATUSES),
        ("basis", "basis", BASES),
        ("line_basis", "line_basis", BASES),
    ]
    for name, attribute, values in fields:
        value, values = one_of(random, values), several(random, values)
        result[name] = (value, lambda a, at=attribute, value=value: getattr(a, at) == value)
        result[f"{name}__in"] = (",".join(values), lambda a, at=attribute, v=values: getattr(a, at) in v)
    empty = random.choice(["true", "false"])
    result["line_of_effort__isnull"] = (empty, lambda a: (a.line is None) is (empty == "true"))
    result["start__isnull"] = (empty, lambda a: (a.start == "") is (empty == "true"))
    # A month as the least or the greatest of months sorts as text.
    month = f"{random.randint(2020, 2030)}-{random.randint(1, 12):02}"
    result["start__gte"] = (month, lambda a: a.start != "" and a.start >= month)
    result["start__lte"] = (month, lambda a: a.start != "" and a.start <= month)
    return result


def of_one_assignment(random: Random, graph: Graph) -> tuple[dict[str, str], Holds]:
    """Some of the parameters that speak of one and the same assignment, and what they mean together."""
    params: dict[str, str] = {}
    offices, roles = set(graph.offices), set(ROLES)
    if random.random() < 0.3:
        params["office"] = one_of(random, graph.offices)
        offices &= {params["office"]}
    if random.random() < 0.3:
        named = several(random, graph.offices)
        params["office__in"] = ",".join(named)
        offices &= set(named)
    if random.random() < 0.5:
        params["office_subtree"] = one_of(random, graph.offices)
        offices &= graph.below(params["office_subtree"])
    if random.random() < 0.6:
        params["role"] = one_of(random, ROLES)
        roles &= {params["role"]}
    if random.random() < 0.2:
        named = several(random, ROLES)
        params["role__in"] = ",".join(named)
        roles &= set(named)
    nothing = not params
    return params, lambda a: nothing or any(o in offices and r in roles for o, r in a.assignments)


def of_roles(random: Random, graph: Graph) -> dict[str, Condition]:
    """Parameters that speak each of an assignment of its own."""
    result: dict[str, Condition] = {}
    for role in ROLES:
        # Offices with many tasks are asked for more often, so that two of them meet.
        office = one_of(random, [office for a in graph.activities for office in a.offices(role)])
        result[role] = (office, lambda a, office=office, role=role: office in a.offices(role))
    has = random.choice(["true", "false"])
    result["has_lead"] = (has, lambda a: bool(a.offices("lead")) is (has == "true"))
    return result


def question(random: Random, graph: Graph) -> tuple[dict[str, str], list[Holds]]:
    params, holds = of_one_assignment(random, graph)
    conditions = [holds]
    offered = {**simple(random, graph), **of_roles(random, graph)}
    for name in random.sample(list(offered), random.randint(0, 2)):
        params[name], holds = offered[name]
        conditions.append(holds)
    return params, conditions


def is_contradiction(params: dict[str, str]) -> bool:
    """What the API refuses to answer, since no activity can be both."""
    led = params.get("lead") or "lead" in (params.get("role"), params.get("role__in"))
    return params.get("has_lead") == "false" and bool(led)


def ask(api: APIClient, params: dict[str, str]) -> Any:
    shape = {"notional": "only", "fields": "code", "format": "ndjson"}
    return api.get("/api/v1/activities/", params | shape)


@pytest.mark.proof(rounds=60, all_rounds=2000)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_questions_are_answered_as_plain_python_answers_them(api: APIClient, seed: int, rounds: int) -> None:
    random = Random(seed)
    graph = drawn(random, ACTIVITIES, OFFICES)
    stored(graph)
    result, refused = 0, 0
    for _ in range(rounds):
        params, conditions = question(random, graph)
        answer = ask(api, params)
        if is_contradiction(params):
            assert answer.status_code == 400, params
            refused += 1
            continue
        assert answer.status_code == 200, (params, answer.content)
        lines = b"".join(answer.streaming_content).decode().split()
        expected = [a.code for a in graph.activities if all(holds(a) for holds in conditions)]
        assert lines == [f'{{"code":"{code}"}}' for code in expected], params
        result += bool(expected)
    # Most questions have an answer that is not empty, or little is proved.
    assert result > rounds / 2
    assert refused < rounds / 4


def test_two_roles_are_asked_of_two_assignments(api: APIClient) -> None:
    """One office that leads and another that supports: what no single row of assignments can say."""
    graph = drawn(random := Random(4), 200, 6)
    stored(graph)
    for _ in range(10):
        lead, support = random.sample(graph.offices, 2)
        answer = ask(api, {"lead": lead, "supporting": support})
        expected = [a.code for a in graph.activities if {(lead, "lead"), (support, "supporting")} <= {*a.assignments}]
        assert [line[9:-2] for line in b"".join(answer.streaming_content).decode().split()] == expected
