"""Full-text search by the database's own engine: FTS5 on SQLite, tsvector on PostgreSQL.

No extension and no outside service. Both stem English, ignore accents where they can, match the
beginning of each word and weigh title over other names over text.
"""

import re
from dataclasses import dataclass

from django.db import connections, models
from django.db.models.expressions import RawSQL

from .querysets import Notional

MAX_LENGTH, MAX_WORDS = 200, 8
START, STOP = "\x02", "\x03"
# Words PostgreSQL's English dictionary drops; dropped for both engines so that they agree.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """a about all an and any are as at be by can do does for from had has have how i if in into is it its no not of
        on or our so such that the their then there these they this to was we were what when where which who whom why
        will with you""",
    )
)


class SearchError(ValueError):
    """The text cannot be searched for; the message says why."""


def words(text: str) -> list[str]:
    """The words that are searched for, lower case."""
    if "\x00" in text:
        raise SearchError("The search text holds a NUL character.")
    if len(text) > MAX_LENGTH:
        raise SearchError(f"The search text is longer than {MAX_LENGTH} characters.")
    found = [word for word in re.findall(r"\w+", text.lower().replace("_", " ")) if word not in STOP_WORDS]
    if len(found) > MAX_WORDS:
        raise SearchError(f"The search text has more than {MAX_WORDS} words.")
    return found


@dataclass(frozen=True)
class Hit:
    """One record found. ``snippet`` marks the matches with START and STOP; it is plain text."""

    kind: str
    code: str
    title: str
    snippet: str
    notional: bool


class SearchQuerySet(models.QuerySet):
    """Questions to the index. The table has columns kind, code, title, aliases, body, is_link, notional."""

    def visible(self, notional: str = Notional.EXCLUDE):
        """The entries of records a reader may see."""
        return self if notional == Notional.INCLUDE else self.filter(notional=notional == Notional.ONLY)

    def with_code(self, code: str) -> list:
        """Entries of the records with this code: as it is written, or else in any case. Several kinds may share it."""
        if "\x00" in code:
            return []
        rows = self.order_by("notional", "kind", "code")
        return list(rows.filter(code=code)) or list(rows.filter(code__iexact=code))

    def matching(self, text: str):
        """Entries with every word of ``text``; none for a text without words."""
        query = words(text)
        if not query:
            return self.none()
        sql, params = engine(self.db).matching(self.model._meta.db_table, query)
        return self.filter(pk__in=RawSQL(sql, params))

    def hits(self, text: str, *, limit: int, offset: int = 0) -> list[Hit]:
        """The best entries of this queryset first: the exact code, then by rank, rows that tie others last."""
        query = words(text)
        if not query:
            return []
        chosen = self.matching(text).order_by().values("pk").query
        inner, inner_params = chosen.get_compiler(self.db).as_sql()
        sql, params = engine(self.db).ranked(self.model._meta.db_table, query, inner, inner_params)
        with connections[self.db].cursor() as cursor:
            cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*params, text.strip().lower(), limit, offset])
            return [Hit(kind, code, title, text, bool(own)) for kind, code, title, text, own in cursor.fetchall()]


class Sqlite:
    """FTS5 over the entries (external content), table ``<entries>_fts`` with the same row ids."""

    @staticmethod
    def expression(query: list[str]) -> str:
        return " ".join(f'"{word}"*' for word in query)

    @classmethod
    def matching(cls, table: str, query: list[str]) -> tuple[str, list]:
        return f'SELECT rowid FROM "{table}_fts" WHERE "{table}_fts" MATCH %s', [cls.expression(query)]

    @classmethod
    def ranked(cls, table: str, query: list[str], inner: str, inner_params: tuple) -> tuple[str, list]:
        fts = f"{table}_fts"
        return (
            f"SELECT e.kind, e.code, e.title, snippet({fts}, -1, '{START}', '{STOP}', '…', 24), e.notional "
            f'FROM "{fts}" JOIN "{table}" e ON e.id = {fts}.rowid '
            f"WHERE {fts} MATCH %s AND e.id IN ({inner}) "
            f"ORDER BY lower(e.code) <> %s, e.is_link, bm25({fts}, 10.0, 8.0, 1.0), e.kind, e.code",
            [cls.expression(query), *inner_params],
        )

    @staticmethod
    def create(table: str) -> list[str]:
        columns = "title, aliases, body"
        new, old = "new.title, new.aliases, new.body", "old.title, old.aliases, old.body"
        remove = f"INSERT INTO {table}_fts({table}_fts, rowid, {columns}) VALUES ('delete', old.id, {old});"
        add = f"INSERT INTO {table}_fts(rowid, {columns}) VALUES (new.id, {new});"
        return [
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5({columns}, content='{table}', content_rowid='id', "
            "tokenize='porter unicode61 remove_diacritics 2')",
            f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {add} END",
            f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN {remove} END",
            f"CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN {remove} {add} END",
        ]

    @staticmethod
    def drop(table: str) -> list[str]:
        triggers = [f"DROP TRIGGER {table}_{name}" for name in ("added", "removed", "changed")]
        return [*triggers, f"DROP TABLE {table}_fts"]


class Postgresql:
    """A stored tsvector column with a GIN index beside the text."""

    @staticmethod
    def expression(query: list[str]) -> str:
        return " & ".join(f"'{word}':*" for word in query)

    @classmethod
    def matching(cls, table: str, query: list[str]) -> tuple[str, list]:
        return f"SELECT id FROM \"{table}\" WHERE vector @@ to_tsquery('english', %s)", [cls.expression(query)]

    @classmethod
    def ranked(cls, table: str, query: list[str], inner: str, inner_params: tuple) -> tuple[str, list]:
        expression = cls.expression(query)
        options = f"StartSel={START}, StopSel={STOP}, MaxWords=26, MinWords=12, MaxFragments=1"
        return (
            "SELECT e.kind, e.code, e.title, "
            "ts_headline('english', concat_ws(' · ', nullif(e.body, ''), nullif(e.aliases, '')), q, %s), "
            f"e.notional FROM \"{table}\" e, to_tsquery('english', %s) q "
            f"WHERE e.vector @@ q AND e.id IN ({inner}) "
            "ORDER BY lower(e.code) <> %s, e.is_link, ts_rank_cd('{0.1, 0.1, 0.8, 1.0}', e.vector, q) DESC, "
            "e.kind, e.code",
            [options, expression, *inner_params],
        )

    @staticmethod
    def create(table: str) -> list[str]:
        def part(column: str, weight: str) -> str:
            # The parser takes SAF/IA for a file path and a-b for one word: split them first.
            return f"setweight(to_tsvector('english', translate({column}, '-/_.():', '       ')), '{weight}')"

        vector = " || ".join((part("title", "A"), part("aliases", "B"), part("body", "D")))
        return [
            f"ALTER TABLE {table} ADD COLUMN vector tsvector GENERATED ALWAYS AS ({vector}) STORED",
            f"CREATE INDEX {table}_vector ON {table} USING gin (vector)",
        ]

    @staticmethod
    def drop(table: str) -> list[str]:
        return [f"DROP INDEX {table}_vector", f"ALTER TABLE {table} DROP COLUMN vector"]


def engine(alias: str) -> type[Sqlite] | type[Postgresql]:
    return Postgresql if connections[alias].vendor == "postgresql" else Sqlite
