"""The format of log records."""

import logging
import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLineFormatter(logging.Formatter):
    """One record, one line: text from outside can neither forge a second record nor drive a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        # What a visitor did wrong is no fault of the code: a traceback would only fill the log.
        if record.name.startswith("django.security."):
            record.exc_info = None
        return CONTROL.sub(lambda match: repr(match[0])[1:-1], super().format(record))
