"""Serves a contender as `manage.py start` serves the product: the same server, the same threads, one process.

python -m tests.bench.serve TARGET PORT [factory]
"""

import sys

from config.server import workers
from tests.support.postgres import die_with_parent

if __name__ == "__main__":
    die_with_parent()
    target, port, *factory = sys.argv[1:]
    workers.server(target, "127.0.0.1", int(port), 1, factory=bool(factory)).serve()
