"""The statements of the limit: what a page, a record, an office's tasking and a file have, finished by the database."""

from collections.abc import Mapping

COLUMNS = "code basis title kind status start end line_of_effort goals assignments".split()
OBJECT = "json_build_object({})".format(", ".join(f"""'{name}', r."{name}\"""" for name in COLUMNS))

# Conditions, by the parameter they are asked with.
MATCHING = {
    "office": """a.notional AND EXISTS (SELECT 1 FROM lines_of_effort_assignment x WHERE x.activity_id = a.id
        AND x.role = %(role)s AND x.office_id = (SELECT id FROM strategy_office WHERE code = %(office)s))""",
    "line_of_effort": """a.notional AND a.kind = %(kind)s AND a.line_of_effort_id = (
        SELECT id FROM lines_of_effort_lineofeffort WHERE code = %(line_of_effort)s)""",
    "search": """a.notional AND a.code IN (SELECT code FROM strategy_searchentry
        WHERE kind = 'lines_of_effort.activity' AND vector @@ to_tsquery('english', %(words)s))""",
    "code": "a.code = %(code)s",
}
ORDERS = {"title": "a.title, a.code_order, a.code"}

# The activities that are chosen, with all that is told of them.
ROWS = """
SELECT a.code, a.basis, a.title, a.kind, a.status, a.start, a."end", l.code AS line_of_effort,
    coalesce((
        SELECT json_agg(json_build_object('goal', g.code, 'basis', x.basis, 'note', x.note, 'reason', x.reason)
            ORDER BY x.goal_id)
        FROM lines_of_effort_activitygoal x JOIN strategy_goal g ON g.id = x.goal_id WHERE x.activity_id = a.id
    ), '[]') AS goals,
    coalesce((
        SELECT json_agg(json_build_object('code', x.code, 'office', o.code, 'role', x.role, 'verb', x.verb,
            'office_as_stated', x.office_as_stated, 'relation', x.relation, 'relation_basis', x.relation_basis,
            'basis', x.basis) ORDER BY x.code_order, x.code)
        FROM lines_of_effort_assignment x JOIN strategy_office o ON o.id = x.office_id WHERE x.activity_id = a.id
    ), '[]') AS assignments
FROM chosen a LEFT JOIN lines_of_effort_lineofeffort l ON l.id = a.line_of_effort_id
"""

# The assignments of an office, each with its activity as the API expands it.
TASKING = """
WITH own AS (
    SELECT * FROM lines_of_effort_assignment x
    WHERE x.notional AND x.office_id = (SELECT id FROM strategy_office WHERE code = %(office)s)
)
SELECT json_build_object('count', (SELECT count(*) FROM own), 'results', (
    SELECT coalesce(json_agg(json_build_object('code', x.code, 'basis', x.basis, 'activity', json_build_object(
        'code', a.code, 'notional', a.notional, 'updated', a.updated, 'basis', a.basis, 'note', a.note,
        'strategy', s.code, 'line_of_effort', l.code, 'line_basis', a.line_basis,
        'line_confidence', a.line_confidence, 'line_reason', a.line_reason, 'title', a.title,
        'description', a.description, 'kind', a.kind, 'status', a.status, 'start', a.start,
        'start_earliest', a.start_earliest, 'start_latest', a.start_latest, 'end', a."end",
        'end_earliest', a.end_earliest, 'end_latest', a.end_latest, 'before_publication', a.before_publication,
        'url', 'http://localhost/api/v1/activities/' || a.code || '/',
        'web_url', 'http://localhost/activities/' || a.code || '/'
    ), 'role', x.role, 'verb', x.verb, 'office_as_stated', x.office_as_stated) ORDER BY x.code_order, x.code), '[]')
    FROM (SELECT * FROM own ORDER BY code_order, code LIMIT %(page_size)s OFFSET %(first)s) x
    JOIN lines_of_effort_activity a ON a.id = x.activity_id JOIN strategy_strategy s ON s.id = a.strategy_id
    LEFT JOIN lines_of_effort_lineofeffort l ON l.id = a.line_of_effort_id))::text
"""


def matching(asked: Mapping[str, object]) -> str:
    return next((sql for name, sql in MATCHING.items() if name in asked), "a.notional")


def rows(asked: Mapping[str, object], paging: str = "LIMIT %(page_size)s OFFSET %(first)s") -> str:
    """The rows of one page, or without ``paging`` all of them."""
    order = ORDERS.get(str(asked.get("ordering")), "a.code_order, a.code")
    found = f"SELECT a.* FROM lines_of_effort_activity a WHERE {matching(asked)} ORDER BY {order} {paging}"
    return f"WITH chosen AS ({found}) {ROWS} ORDER BY {order}"


def page(asked: Mapping[str, object]) -> str:
    """A page as one JSON text, with the number of all rows."""
    count = f"SELECT count(*) FROM lines_of_effort_activity a WHERE {matching(asked)}"
    results = f"SELECT coalesce(json_agg({OBJECT}), '[]') FROM ({rows(asked)}) r"
    return f"SELECT json_build_object('count', ({count}), 'results', ({results}))::text"


def objects(asked: Mapping[str, object]) -> str:
    """Every row as a JSON text of its own."""
    return f"SELECT {OBJECT}::text FROM ({rows(asked, '')}) r"


def tasking(asked: Mapping[str, object]) -> str:
    """The assignments of an office, with the activity of each."""
    return TASKING
