"""LibreOffice opens every kind of workbook, and finds in it the rows of the CSV."""

import csv
from pathlib import Path
from urllib.request import urlopen

from .packages import debian_program
from .report import require, run, say

PAGES = (
    *("goals", "activities", "offices", "sources", "citations", "partners", "engagements", "terms", "risks"),
    *("matrix", "trace", "findings", "glossary", "compare", "contacts"),
)
QUERIES = {"contacts": "?partner=AUS&topic=IPS-L1"}
RESOURCES = ("goals", "activities", "offices", "citations", "findings")


def addresses(site: str) -> dict[str, str]:
    """Workbooks by the name of their file: those of pages and those of the API."""
    pages = {name: f"{site}{name}.xlsx{QUERIES.get(name, '')}" for name in PAGES}
    return pages | {f"api-{name}": f"{site}api/v1/{name}/?format=xlsx" for name in RESOURCES}


def fetch(address: str) -> bytes:
    with urlopen(address) as answer:
        body: bytes = answer.read()
    return body


def check(site: str, folder: Path) -> None:
    office = debian_program("soffice", "libreoffice-calc")
    rows = {}
    for name, address in addresses(site).items():
        (folder / f"{name}.xlsx").write_bytes(fetch(address))
        text = fetch(address.replace(".xlsx", ".csv").replace("format=xlsx", "format=csv")).decode("utf-8-sig")
        rows[name] = len(list(csv.reader(text.splitlines(keepends=True))))
    files = [str(folder / f"{name}.xlsx") for name in rows]
    # A profile of its own: another LibreOffice of this account may be open.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(office, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", *files, cwd=folder)
    for name, count in rows.items():
        converted = folder / f"{name}.csv"
        require(converted.exists(), f"LibreOffice could not open {name}.xlsx")
        with converted.open(newline="", encoding="utf-8") as lines:
            found = len(list(csv.reader(lines)))
        require(found == count, f"LibreOffice reads {found} rows in {name}.xlsx, the CSV has {count}")
    say("ok", f"LibreOffice opens {len(rows)} workbooks and reads every row")
