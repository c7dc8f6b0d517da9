"""The limit's pages: the facts of a page of ours, formatted as bare HTML."""

from html import escape
from typing import Any

Task = dict[str, Any]


def link(path: str, code: str, label: str = "") -> str:
    return f'<a href="/{path}/{code}/">{code} {escape(label)}</a>'


def activities(rows: list[Any]) -> str:
    """The rows of a list as a table."""
    return "<!doctype html><title>Activities</title><table>" + "".join(map(_activity, rows)) + "</table>"


def _activity(row: Any) -> str:
    code, basis, title, kind, _status, _start, _end, line, goals, assignments = row
    offices = "".join(f"<li>{item['role']} {link('offices', item['office'])}" for item in assignments)
    ends = "".join(f"<li>{link('goals', item['goal'])}" for item in goals)
    return (
        f"<tr><th>{link('activities', code, title)}<td>{line or 'Not placed'}"
        f"<td><ul>{offices}</ul><td><ul>{ends}</ul><td>{kind}<td>{basis}"
    )


def office(rows: list[Any]) -> str:
    """An office's page: how many tasks it has in each role, and the first of them with the offices and goals beside."""
    ((tasking,),) = rows
    office = tasking["office"]
    counts = "".join(f"<li><b>{number}</b><span>{role}</span>" for role, number in tasking["counts"].items())
    tasks = "".join(map(_task, tasking["results"]))
    return (
        f"<!doctype html><title>{escape(office['label'])}</title><main><h1>{escape(office['label'])}</h1>"
        f"<ul>{counts}</ul>{tasks}</main>"
    )


def _task(task: Task) -> str:
    others = "".join(
        f"<li>{role} {link('offices', item['code'], item['label'])}"
        for role, some in task["also"].items()
        for item in some
    )
    goals = "".join(f"<li>{link('goals', item['code'], item['label'])} {item['basis']}" for item in task["goals"])
    line = task["line_of_effort"]
    way = f"<p>{link('lines-of-effort', line['code'], line['label'])} {line['basis']}" if line else "<p>Not placed"
    sources = "".join(f"<li>{item['code']} {escape(item['title'])} {item['basis']}" for item in task["sources"])
    activity = task["activity"]
    return (
        f'<article class="task"><h3>{link("activities", activity["code"], activity["label"])}</h3>'
        f"<p>{task['role']} {escape(task['verb'])} {escape(task['office_as_stated'])} {task['basis']}{way}"
        f"<ul>{goals}</ul><ul>{others}</ul><ul>{sources}</ul></article>"
    )


def matrix(rows: list[Any]) -> str:
    """The grid of activities and the offices that are tasked: a letter where an office has a role."""
    columns = sorted({(item["office"], item["name"]) for row in rows for item in row[3]})
    heads = "".join(f"<th>{link('offices', code, name)}" for code, name in columns)
    body = "".join(_grid_row(row, columns) for row in rows)
    return f'<!doctype html><title>Matrix</title><main><table class="matrix"><tr><th>{heads}{body}</table></main>'


def _grid_row(row: Any, columns: list[tuple[str, str]]) -> str:
    code, title, line, assignments = row
    cells = []
    for office, _ in columns:
        marks = [
            f'<a class="role role--{item["role"]}" href="/activities/{code}/" title="{escape(item["name"])}">'
            f"<b>{item['role'][0].upper()}</b></a>"
            for item in assignments
            if item["office"] == office
        ]
        cells.append(f"<td>{''.join(marks)}</td>")
    return f"<tr><th>{link('activities', code, title)} {line or 'Not placed'}</th>{''.join(cells)}</tr>"
