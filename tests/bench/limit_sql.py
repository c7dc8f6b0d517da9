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
ASSIGNMENTS = """
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


# An office's tasking as the API works it out: how many tasks in each role, and a page of them with all that is beside.
TASKING = """
WITH office AS (SELECT id, code, name, notional FROM strategy_office WHERE code = %(office)s),
own AS (
    SELECT x.*, CASE x.role WHEN 'lead' THEN 0 WHEN 'coordinating' THEN 1 ELSE 2 END AS strength
    FROM lines_of_effort_assignment x JOIN office ON office.id = x.office_id
),
numbers AS (
    SELECT count(*) AS total, count(*) FILTER (WHERE role = 'lead') AS lead,
        count(*) FILTER (WHERE role = 'coordinating') AS coordinating,
        count(*) FILTER (WHERE role = 'supporting') AS supporting
    FROM own
),
shown AS (SELECT * FROM own ORDER BY strength, code_order, code LIMIT %(page_size)s OFFSET %(first)s)
SELECT json_build_object('count', numbers.total,
    'office', json_build_object('record_type', 'office', 'code', office.code, 'label', office.name),
    'notional', office.notional,
    'counts', json_build_object('lead', numbers.lead, 'coordinating', numbers.coordinating,
        'supporting', numbers.supporting),
    'results', (
    SELECT coalesce(json_agg(json_build_object('code', x.code, 'role', x.role, 'verb', x.verb,
        'office_as_stated', x.office_as_stated, 'relation', x.relation, 'relation_basis', x.relation_basis,
        'basis', x.basis, 'notional', x.notional,
        'activity', json_build_object('record_type', 'activity', 'code', a.code, 'label', a.title),
        'line_of_effort', CASE WHEN l.id IS NOT NULL THEN
            json_build_object('code', l.code, 'label', l.title, 'basis', a.line_basis) END,
        'goals', coalesce((SELECT json_agg(json_build_object('code', g.code, 'label', g.title, 'basis', y.basis)
            ORDER BY y.goal_id)
            FROM lines_of_effort_activitygoal y JOIN strategy_goal g ON g.id = y.goal_id
            WHERE y.activity_id = a.id), '[]'),
        'line_goals', coalesce((SELECT json_agg(json_build_object('code', g.code, 'label', g.title, 'basis', y.basis)
            ORDER BY g."order", y.strength)
            FROM (SELECT DISTINCT ON (goal_id) * FROM lines_of_effort_linegoal
                WHERE line_of_effort_id = l.id ORDER BY goal_id, strength) y
            JOIN strategy_goal g ON g.id = y.goal_id), '[]'),
        'lead_stated', x.role = 'lead' OR EXISTS (SELECT 1 FROM lines_of_effort_assignment y
            WHERE y.activity_id = a.id AND y.role = 'lead' AND y.office_id <> x.office_id),
        'also', (SELECT json_build_object(
            'lead', coalesce(json_agg(one ORDER BY n) FILTER (WHERE role = 'lead'), '[]'),
            'coordinating', coalesce(json_agg(one ORDER BY n) FILTER (WHERE role = 'coordinating'), '[]'),
            'supporting', coalesce(json_agg(one ORDER BY n) FILTER (WHERE role = 'supporting'), '[]'))
            FROM (SELECT y.role, row_number() OVER (ORDER BY y.code_order, y.code) AS n,
                    json_build_object('code', o.code, 'label', o.name) AS one
                FROM lines_of_effort_assignment y JOIN strategy_office o ON o.id = y.office_id
                WHERE y.activity_id = a.id AND y.office_id <> x.office_id) beside),
        'sources', coalesce((SELECT json_agg(json_build_object('code', s.code, 'title', CASE WHEN s.id IS NULL
                THEN 'Our reading' ELSE concat_ws(': ', nullif(s.publisher, ''), nullif(s.title, '')) END,
                'locator', c.locator, 'basis', c.basis, 'reason', c.reason) ORDER BY c.code_order, c.code)
            FROM strategy_citation c LEFT JOIN strategy_source s ON s.id = c.source_id
            WHERE c.object_id = x.id AND c.content_type_id = (SELECT id FROM django_content_type
                WHERE app_label = 'lines_of_effort' AND model = 'assignment')), '[]')
    ) ORDER BY x.strength, x.code_order, x.code), '[]')
    FROM shown x JOIN lines_of_effort_activity a ON a.id = x.activity_id
    LEFT JOIN lines_of_effort_lineofeffort l ON l.id = a.line_of_effort_id))
FROM office, numbers
"""

# The grid of the sourced content: each activity with the offices on it.
GRID = """
SELECT a.code, a.title, l.title, coalesce((
    SELECT json_agg(json_build_object('office', o.code, 'name', o.name, 'role', x.role))
    FROM lines_of_effort_assignment x JOIN strategy_office o ON o.id = x.office_id WHERE x.activity_id = a.id
), '[]')
FROM lines_of_effort_activity a LEFT JOIN lines_of_effort_lineofeffort l ON l.id = a.line_of_effort_id
WHERE NOT a.notional ORDER BY l."order", a.code_order, a.code
"""


def matching(params: Mapping[str, object]) -> str:
    return next((condition for name, condition in MATCHING.items() if name in params), "a.notional")


def rows(params: Mapping[str, object], paging: str = "LIMIT %(page_size)s OFFSET %(first)s") -> str:
    """The rows of one page, or without ``paging`` all of them."""
    order = ORDERS.get(str(params.get("ordering")), "a.code_order, a.code")
    chosen = f"SELECT a.* FROM lines_of_effort_activity a WHERE {matching(params)} ORDER BY {order} {paging}"
    return f"WITH chosen AS ({chosen}) {ROWS} ORDER BY {order}"


def page(params: Mapping[str, object]) -> str:
    """A page as one JSON text, with the number of all rows."""
    count = f"SELECT count(*) FROM lines_of_effort_activity a WHERE {matching(params)}"
    results = f"SELECT coalesce(json_agg({OBJECT}), '[]') FROM ({rows(params)}) r"
    return f"SELECT json_build_object('count', ({count}), 'results', ({results}))::text"


def objects(params: Mapping[str, object]) -> str:
    """Every row as a JSON text of its own."""
    return f"SELECT {OBJECT}::text FROM ({rows(params, '')}) r"


def assignments(params: Mapping[str, object]) -> str:
    """The assignments of an office, with the activity of each."""
    return ASSIGNMENTS


def tasking(params: Mapping[str, object]) -> str:
    """An office's tasking as one JSON text."""
    return f"SELECT t.answer::text FROM ({TASKING}) t(answer)"


def tasking_object(params: Mapping[str, object]) -> str:
    """An office's tasking, to be read by the program."""
    return TASKING


def grid(params: Mapping[str, object]) -> str:
    """The activities and offices of the matrix."""
    return GRID
