"""Full-text search by the database's own engine: FTS5 on SQLite, tsvector on PostgreSQL.

No extension and no outside service. Both stem English, ignore accents where they can, match the
beginning of each word and weigh title over other names over text.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import FullResultSet
from django.db import connections, models
from django.db.models.expressions import RawSQL

from ..models import VisibleQuerySet

MAX_LENGTH, MAX_WORDS = 200, 8
START, STOP = "\x02", "\x03"
WORD = re.compile(r"[^\W_]+")
# Words of an excerpt, and how many of them stand before the first that matched.
SHOWN, BEFORE = 26, 8
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


def parse_words(text: str) -> list[str]:
    """The words that are searched for, lower case."""
    if "\x00" in text:
        raise SearchError("The search text holds a NUL character.")
    if len(text) > MAX_LENGTH:
        raise SearchError(f"The search text is longer than {MAX_LENGTH} characters.")
    found = [word for word in re.findall(r"\w+", text.lower().replace("_", " ")) if word not in STOP_WORDS]
    if len(found) > MAX_WORDS:
        raise SearchError(f"The search text has more than {MAX_WORDS} words.")
    return found


def fold(text: str) -> str:
    """Lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


@dataclass(frozen=True)
class SearchHit:
    """One record found, with what the index has of it; ``forms`` are the words in there that matched, folded.

    The engine says which words those are: it knows that "trained" answers to "training".
    """

    kind: str
    code: str
    title: str
    aliases: str
    body: str
    notional: bool
    forms: frozenset[str]

    def matches(self, text: str) -> bool:
        return any(fold(word) in self.forms for word in WORD.findall(text))

    def marked(self, text: str) -> str:
        """``text`` with START and STOP around each word that matched."""
        return WORD.sub(lambda word: f"{START}{word[0]}{STOP}" if fold(word[0]) in self.forms else word[0], text)

    def excerpt(self, text: str) -> str:
        """Some words of ``text``, the first that matched among them, marked."""
        pieces = text.split()
        first = next((place for place, piece in enumerate(pieces) if self.matches(piece)), 0)
        start = max(min(first - BEFORE, len(pieces) - SHOWN), 0)
        shown = " ".join(pieces[start : start + SHOWN])
        cut = ("… " if start else "", " …" if start + SHOWN < len(pieces) else "")
        return self.marked(shown).join(cut)


class SearchQuerySet(VisibleQuerySet):
    """Questions to the index. The table has columns kind, code, title, aliases, body, is_link, notional."""

    def with_code(self, code: str) -> list:
        """Entries of the records with this code: as it is written, or else in any case. Several kinds may share it."""
        if "\x00" in code:
            return []
        rows = self.order_by("notional", "kind", "code")
        return list(rows.filter(code=code)) or list(rows.filter(code__iexact=code))

    def matching(self, text: str):
        """Entries with every word of ``text``; none for a text without words."""
        query = parse_words(text)
        if not query:
            return self.none()
        return self.filter(search_backend(self.db).matching(self.model._meta.db_table, query))

    def hits(self, text: str, *, limit: int, offset: int = 0) -> list[SearchHit]:
        """The best entries of this queryset first: the exact code, then by rank, rows that tie others last."""
        query = parse_words(text)
        if not query:
            return []
        where, where_params = self._conditions()
        sql, params = search_backend(self.db).ranked(self.model._meta.db_table, query, where)
        params += [*where_params, text.strip().lower(), limit, offset]
        with connections[self.db].cursor() as cursor:
            cursor.execute(f"{sql} LIMIT %s OFFSET %s", params)
            return [
                SearchHit(kind, code, title, aliases, body, bool(notional), _forms(marked))
                for kind, code, title, aliases, body, notional, marked in cursor.fetchall()
            ]

    def _conditions(self) -> tuple[str, list]:
        """What this queryset asks of its own table, as SQL."""
        compiler = self.query.get_compiler(self.db)
        compiler.setup_query()
        try:
            sql, params = compiler.compile(self.query.where)
        except FullResultSet:
            return "TRUE", []
        return sql, list(params)


def _forms(marked: str) -> frozenset[str]:
    pieces = (piece.partition(STOP)[0] for piece in marked.split(START)[1:])
    return frozenset(fold(word) for piece in pieces for word in WORD.findall(piece))


class SqliteSearch:
    """FTS5 over the entries (external content), table ``<entries>_fts`` with the same row ids."""

    @staticmethod
    def expression(query: list[str]) -> str:
        return " ".join(f'"{word}"*' for word in query)

    @classmethod
    def matching(cls, table: str, query: list[str]) -> models.Q:
        sql = f'SELECT rowid FROM "{table}_fts" WHERE "{table}_fts" MATCH %s'
        return models.Q(pk__in=RawSQL(sql, [cls.expression(query)]))

    @classmethod
    def ranked(cls, table: str, query: list[str], where: str) -> tuple[str, list]:
        fts = f"{table}_fts"
        marked = " || ' ' || ".join(f"highlight({fts}, {column}, '{START}', '{STOP}')" for column in range(3))
        return (
            f"SELECT kind, code, {table}.title, {table}.aliases, {table}.body, notional, {marked} "
            f"FROM {fts} JOIN {table} ON {table}.id = {fts}.rowid WHERE {fts} MATCH %s AND {where} "
            f"ORDER BY lower(code) <> %s, is_link, bm25({fts}, 10.0, 8.0, 1.0), kind, code",
            [cls.expression(query)],
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


# PostgreSQL's parser takes SAF/IA for a file path and a-b for one word: both are split first.
APART = "-/_.():"


class PostgresqlSearch:
    """A stored tsvector column with a GIN index beside the text."""

    @staticmethod
    def expression(query: list[str]) -> str:
        return " & ".join(f"'{word}':*" for word in query)

    @classmethod
    def matching(cls, table: str, query: list[str]) -> RawSQL:
        expression = [cls.expression(query)]
        return RawSQL("vector @@ to_tsquery('english', %s)", expression, output_field=models.BooleanField())

    @classmethod
    def ranked(cls, table: str, query: list[str], where: str) -> tuple[str, list]:
        # As it was indexed, so that the same words are marked; and what looks like a tag is words as well.
        text = f"translate(concat_ws(' ', title, aliases, body), '<>{APART}', '{' ' * (len(APART) + 2)}')"
        options = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"
        return (
            f"SELECT kind, code, title, aliases, body, notional, ts_headline('english', {text}, q, %s) "
            f"FROM \"{table}\", to_tsquery('english', %s) q "
            f"WHERE vector @@ q AND {where} "
            "ORDER BY lower(code) <> %s, is_link, ts_rank_cd('{0.1, 0.1, 0.8, 1.0}', vector, q) DESC, kind, code",
            [options, cls.expression(query)],
        )

    @staticmethod
    def create(table: str) -> list[str]:
        def part(column: str, weight: str) -> str:
            text = f"translate({column}, '{APART}', '{' ' * len(APART)}')"
            return f"setweight(to_tsvector('english', {text}), '{weight}')"

        vector = " || ".join((part("title", "A"), part("aliases", "B"), part("body", "D")))
        return [
            f"ALTER TABLE {table} ADD COLUMN vector tsvector GENERATED ALWAYS AS ({vector}) STORED",
            f"CREATE INDEX {table}_vector ON {table} USING gin (vector)",
        ]

    @staticmethod
    def drop(table: str) -> list[str]:
        return [f"DROP INDEX {table}_vector", f"ALTER TABLE {table} DROP COLUMN vector"]


def search_backend(alias: str) -> type[SqliteSearch] | type[PostgresqlSearch]:
    return PostgresqlSearch if connections[alias].vendor == "postgresql" else SqliteSearch
