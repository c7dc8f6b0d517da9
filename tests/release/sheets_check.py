"""LibreOffice opens every kind of workbook, finds in it the rows of the CSV, and sets a brief on one sheet."""

import csv
from pathlib import Path
from urllib.request import urlopen

from pypdf import PdfReader

from .packages import debian_program
from .report import require, run, say

PAGES = (
    *("goals", "activities", "offices", "sources", "citations", "partners", "engagements", "terms", "risks"),
    *("matrix", "trace", "findings", "glossary", "compare", "contacts"),
)
QUERIES = {"contacts": "?partner=AUS&topic=IPS-L1"}
BRIEFS = ("offices/STARCOM", "goals/IPS-G2", "lines-of-effort/IPS-L1", "partners/AUS")
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
    # A profile of its own: another LibreOffice of this account may be open.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    calc, writer = debian_program("localc", "libreoffice-calc"), debian_program("lowriter", "libreoffice-writer")
    check_workbooks(site, folder, (calc, profile, "--headless"))
    check_briefs(site, folder, (writer, profile, "--headless"))


def check_workbooks(site: str, folder: Path, office: tuple[str, ...]) -> None:
    rows = {}
    for name, address in addresses(site).items():
        (folder / f"{name}.xlsx").write_bytes(fetch(address))
        text = fetch(address.replace(".xlsx", ".csv").replace("format=xlsx", "format=csv")).decode("utf-8-sig")
        rows[name] = len(list(csv.reader(text.splitlines(keepends=True))))
    files = [str(folder / f"{name}.xlsx") for name in rows]
    run(*office, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", *files, cwd=folder)
    for name, count in rows.items():
        converted = folder / f"{name}.csv"
        require(converted.exists(), f"LibreOffice could not open {name}.xlsx")
        with converted.open(newline="", encoding="utf-8") as lines:
            found = len(list(csv.reader(lines)))
        require(found == count, f"LibreOffice reads {found} rows in {name}.xlsx, the CSV has {count}")
    say("ok", f"LibreOffice opens {len(rows)} workbooks and reads every row")


def check_briefs(site: str, folder: Path, office: tuple[str, ...]) -> None:
    files = {}
    for path in BRIEFS:
        for paper in ("letter", "a4"):
            file = folder / f"{path.replace('/', '-')}-{paper}.docx"
            file.write_bytes(fetch(f"{site}{path}/brief.docx?paper={paper}"))
            files[f"{path}, {paper}"] = file
    run(*office, "--convert-to", "pdf", *map(str, files.values()), cwd=folder)
    for name, file in files.items():
        sheets = len(PdfReader(file.with_suffix(".pdf")).pages)
        require(sheets == 1, f"the Word brief of {name} takes {sheets} sheets")
    say("ok", f"LibreOffice sets {len(files)} Word briefs on one sheet each")
