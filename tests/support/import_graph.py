"""The picture of `docs/architecture.md`: packages of the five layers, and which layer imports which.

python -m tests.support.import_graph      writes docs/architecture.svg anew
"""

import ast
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs" / "architecture.svg"
# From the top down. A layer imports from those below it only.
LAYERS = ("config", "partners", "lines_of_effort", "strategy", "strategy.core")
WIDTH, MARGIN, BOX_WIDTH, BOX_HEIGHT, GAP, HEAD, ARROW = 960, 20, 140, 28, 10, 30, 60
PER_ROW = (WIDTH - 2 * MARGIN - GAP) // (BOX_WIDTH + GAP)
STYLE = (
    "text{font:13px sans-serif;fill:#1b1b1b}.layer{fill:#f0f0f0;stroke:#71767a}.box{fill:#fff;stroke:#2378c3}"
    ".name{font-weight:bold}.note{fill:#3d4551}.arrow{stroke:#3d4551;stroke-width:2;marker-end:url(#head)}"
)


def layer_of(module: str) -> str | None:
    """The lowest layer a module belongs to, None for modules of other packages."""
    return next((layer for layer in reversed(LAYERS) if f"{module}.".startswith(f"{layer}.")), None)


def package_of(module: str) -> str:
    """The package or module right below the layer: `lines_of_effort.trace.graph` is `trace`."""
    layer = layer_of(module) or ""
    return module.removeprefix(layer).lstrip(".").partition(".")[0]


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(file: Path) -> set[str]:
    """Absolute names of everything a file imports, wherever in it."""
    package = file.relative_to(ROOT).parent.parts
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*start, *filter(None, [node.module])])
            names.update(f"{base}.{alias.name}" for alias in node.names)
    return names


def measure() -> tuple[dict[str, list[str]], set[tuple[str, str]]]:
    """Packages of each layer in alphabetical order, and the pairs of layers of which the first imports the second."""
    packages: dict[str, set[str]] = {layer: set() for layer in LAYERS}
    imports: set[tuple[str, str]] = set()
    for app in ("config", "partners", "lines_of_effort", "strategy"):
        for file in sorted((ROOT / app).rglob("*.py")):
            module = module_name(file)
            layer = layer_of(module)
            if layer is None or "migrations" in file.parts or "management" in file.parts:
                continue
            name = package_of(module)
            if name and name != "core":
                packages[layer].add(name)
            targets = {other for target in imported_modules(file) if (other := layer_of(target))}
            imports.update((layer, target) for target in targets - {layer})
    return {layer: sorted(names) for layer, names in packages.items()}, imports


def draw() -> str:
    """The picture as SVG: a band a layer from the top down, its packages as boxes, imports as arrows."""
    packages, imports = measure()
    parts: list[str] = []
    top = MARGIN
    for layer in LAYERS:
        names = packages[layer]
        rows = -(-len(names) // PER_ROW)
        height = HEAD + rows * (BOX_HEIGHT + GAP) + GAP
        parts.append(f'<rect class="layer" x="{MARGIN}" y="{top}" width="{WIDTH - 2 * MARGIN}" height="{height}"/>')
        parts.append(f'<text class="name" x="{MARGIN + GAP}" y="{top + 20}">{escape(layer)}</text>')
        for place, name in enumerate(names):
            x = MARGIN + GAP + place % PER_ROW * (BOX_WIDTH + GAP)
            y = top + HEAD + place // PER_ROW * (BOX_HEIGHT + GAP)
            parts.append(f'<rect class="box" x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}"/>')
            parts.append(f'<text x="{x + 8}" y="{y + 19}">{escape(name)}</text>')
        if targets := [target for target in LAYERS if (layer, target) in imports]:
            end = top + height
            parts.append(f'<path class="arrow" d="M{ARROW} {end}V{end + 34}"/>')
            parts.append(f'<text class="note" x="{ARROW + 12}" y="{end + 24}">imports {", ".join(targets)}</text>')
        top += height + 40
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top - 20}" role="img" '
        'aria-label="Layers of the application and their packages">'
        f"<style>{STYLE}</style>"
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto">'
        '<path d="M0 0L8 4L0 8z" fill="#3d4551"/></marker></defs>'
        f'<rect width="{WIDTH}" height="{top - 20}" fill="#fff"/>'
    )
    return "\n".join([head, *parts, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(draw())
