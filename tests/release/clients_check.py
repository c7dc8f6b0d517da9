"""Clients in TypeScript: two generators compile the schema, and the client of the Model Context Protocol connects."""

from pathlib import Path
from urllib.request import Request, urlopen

from .packages import install_clients
from .report import run, say

COMPILE = "--noEmit --strict --skipLibCheck --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom"


def check(site: str, folder: Path) -> None:
    clients = install_clients(folder)
    request = Request(f"{site}api/schema/", headers={"Accept": "application/json"})
    with urlopen(request) as answer:
        (clients / "schema.json").write_bytes(answer.read())
    npx = ("npx", "--no-install")
    run(*npx, "openapi-typescript", "schema.json", "-o", "types.ts", cwd=clients)
    run(*npx, "tsc", *COMPILE.split(), "types.ts", cwd=clients)
    say("ok", f"openapi-typescript {run(*npx, 'openapi-typescript', '--version', cwd=clients)}: its types compile")
    run(*npx, "orval", "--input", "schema.json", "--output", "./client.ts", "--client", "fetch", cwd=clients)
    run(*npx, "tsc", *COMPILE.split(), "client.ts", cwd=clients)
    say("ok", f"orval {run(*npx, 'orval', '--version', cwd=clients)}: its client compiles")
    for address in (f"{site}api/mcp", f"{site}api/mcp/"):
        words = run("node", "mcp.mjs", address, cwd=clients)
        say("ok", f"TypeScript client of MCP at {address.removeprefix(site)}: {words}")
