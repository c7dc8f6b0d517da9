"""Serves a contender as `manage.py start` serves the product: the same server, the same threads, one process.

python -m tests.bench.serve TARGET PORT
"""

import sys

from config.server.web_server import WebServer
from tests.support.postgres import die_with_parent

if __name__ == "__main__":
    die_with_parent()
    target, port = sys.argv[1:]
    WebServer(target, "127.0.0.1", int(port), workers=1).run()
