"""What grows with the content: pages far down a list, and the same page of a small and a large database."""

import json
from urllib.parse import urlsplit

from tests.bench.cases import FIELDS, query
from tests.bench.client import Asked, Clients, Result, ask
from tests.bench.contenders import Contender
from tests.bench.data import Size

LIST = "/api/v1/activities/"
PAGE = 50


def fresh(request: Asked, number: int) -> list[Asked]:
    """The same request so often, in other words each time: the response cache has none of them."""
    return [Asked(request.path, {"Accept": f"*/*, x/turn-{turn}"}) for turn in range(number)]


def cursor_of(contender: Contender, page: int) -> str:
    """The address of a page by cursor, as a reader comes to it: by following `next`, in long steps."""
    params = {"notional": "only", "fields": FIELDS, "count": "false"}
    here, rows, wanted = query(LIST, **params, cursor="first", page_size=200).path, 0, (page - 1) * PAGE
    while rows < wanted:
        size = min(200, wanted - rows)
        here = here.replace("page_size=200", f"page_size={size}")
        address = urlsplit(json.loads(ask(contender.port, Asked(here)).body)["next"])
        here, rows = f"{address.path}?{address.query}", rows + size
    return here.replace("page_size=200", f"page_size={PAGE}")


def measure_depth(ours: Contender, size: Size, clients: Clients, rounds: int, number: int) -> dict[str, Result]:
    """The first page and the last full one, by cursor and by number."""
    deep = size.activities // PAGE
    params = {"notional": "only", "fields": FIELDS, "count": "false", "page_size": PAGE}
    pages = {
        "page 1 by cursor": query(LIST, **params, cursor="first"),
        f"page {deep} by cursor": Asked(cursor_of(ours, deep)),
        "page 1 by number": query(LIST, **params, page=1),
        f"page {deep} by number": query(LIST, **params, page=deep),
    }
    return in_turn({name: (ours, request) for name, request in pages.items()}, clients, rounds, number)


def measure_growth(
    small: Contender, large: Contender, size: Size, clients: Clients, rounds: int, number: int
) -> dict[str, Result]:
    """A page of eight, which both databases can fill, from each: asked for by office, and by what most of them are."""
    params = {"notional": "only", "fields": FIELDS, "ordering": "title", "page_size": 8}
    by_kind = query(LIST, **params, kind="assigned_task")
    pages = {
        "by office, real size": (small, query(LIST, **params, office="GEN-O1")),
        "by office, large": (large, query(LIST, **params, office=f"GEN-O{size.offices // 2}")),
        "by kind, real size": (small, by_kind),
        "by kind, large": (large, by_kind),
    }
    return in_turn(pages, clients, rounds, number)


def in_turn(pages: dict[str, tuple[Contender, Asked]], clients: Clients, rounds: int, number: int) -> dict[str, Result]:
    results: dict[str, Result] = {name: Result([]) for name in pages}
    requests = {name: fresh(request, rounds * number) for name, (_, request) in pages.items()}
    for turn in range(rounds):
        for name, (contender, _) in pages.items():
            share = requests[name][turn * number : (turn + 1) * number]
            results[name].rounds.append(clients.run(contender, share))
    return results
