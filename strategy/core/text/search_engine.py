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
# Number of words in an excerpt, and of those before the first match.
EXCERPT_WORDS, WORDS_BEFORE_MATCH = 26, 8
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
    """Raised for a text that cannot be searched for; the message says why."""


def parse_words(text: str) -> list[str]:
    """The words of ``text`` to search for, in lower case and without stop words.

    SearchError for a NUL character, a text that is too long, or too many words.
    """
    if "\x00" in text:
        raise SearchError("The search text holds a NUL character.")
    if len(text) > MAX_LENGTH:
        raise SearchError(f"The search text is longer than {MAX_LENGTH} characters.")
    words = [word for word in re.findall(r"\w+", text.lower().replace("_", " ")) if word not in STOP_WORDS]
    if len(words) > MAX_WORDS:
        raise SearchError(f"The search text has more than {MAX_WORDS} words.")
    return words


def fold(text: str) -> str:
    """Lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


@dataclass(frozen=True)
class SearchHit:
    """A search result: the index entry of a record, and the words in it that matched.

    ``forms`` are those words, folded, as the engine marked them: it knows that "trained" matches "training".
    """

    kind: str
    code: str
    title: str
    aliases: str
    body: str
    notional: bool
    forms: frozenset[str]

    def matches(self, text: str) -> bool:
        """Whether a word of ``text`` is among those that matched."""
        return any(fold(word) in self.forms for word in WORD.findall(text))

    def mark(self, text: str) -> str:
        """``text`` with START and STOP around each word that matched."""
        return WORD.sub(lambda word: f"{START}{word[0]}{STOP}" if fold(word[0]) in self.forms else word[0], text)

    def excerpt(self, text: str) -> str:
        """Some words of ``text`` around the first match, with START and STOP around each match."""
        pieces = text.split()
        first = next((place for place, piece in enumerate(pieces) if self.matches(piece)), 0)
        start = max(min(first - WORDS_BEFORE_MATCH, len(pieces) - EXCERPT_WORDS), 0)
        shown = " ".join(pieces[start : start + EXCERPT_WORDS])
        cut = ("… " if start else "", " …" if start + EXCERPT_WORDS < len(pieces) else "")
        return self.mark(shown).join(cut)


class SearchQuerySet(VisibleQuerySet):
    """Queryset of the index, a table with the columns kind, code, title, aliases, body, is_link, notional."""

    def with_code(self, code: str) -> list:
        """Entries with this code, or else with this code in any case. Several kinds of record may share a code."""
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
        """Entries of this queryset that match, best first: the exact code, then by rank, links between records last."""
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
        """The WHERE clause of this queryset and its parameters."""
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
    """SQL of the search with FTS5: the external content table ``<entries>_fts`` with the row ids of the entries."""

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


# PostgreSQL's parser takes SAF/IA for a file path and a-b for one word: these separators become spaces first.
SEPARATORS = "-/_.():"


class PostgresqlSearch:
    """SQL of the search with a stored tsvector column and a GIN index."""

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
        text = f"translate(concat_ws(' ', title, aliases, body), '<>{SEPARATORS}', '{' ' * (len(SEPARATORS) + 2)}')"
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
            text = f"translate({column}, '{SEPARATORS}', '{' ' * len(SEPARATORS)}')"
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
    """The search engine of the database with this alias."""
    return PostgresqlSearch if connections[alias].vendor == "postgresql" else SqliteSearch
