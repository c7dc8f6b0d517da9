"""Programs that the checks need: of npm into a folder of their own, of Debian where this account may install them."""

import os
import shutil
import subprocess
from pathlib import Path

from .report import MissingError, run

CLIENTS = Path(__file__).parent / "clients"


def install_clients(folder: Path) -> Path:
    """The folder with the packages of npm that are named in ``clients/package.json``."""
    if not shutil.which("npm"):
        raise MissingError("npm: install Node.js 20 or later")
    for file in CLIENTS.iterdir():
        shutil.copy(file, folder)
    run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error", cwd=folder)
    return folder


def debian_program(program: str, package: str) -> str:
    """The path of a program, installed if it is missing."""
    path = shutil.which(program)
    if path is None and shutil.which("apt-get") and os.geteuid() == 0:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *words], capture_output=True, env=environment)
        path = shutil.which(program)
    if path is None:
        raise MissingError(f"{program}: as root, apt-get install {package}")
    return path
