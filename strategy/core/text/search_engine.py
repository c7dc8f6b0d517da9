"""Full-text search by the database's own engine: FTS5 on SQLite, tsvector on PostgreSQL.

No extension and no outside service. Python makes the words, of texts and of questions alike (``word_forms``); the
databases only look them up. So both find the same and put it in the same order, and no word is dropped.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from operator import add, and_, or_
from typing import Any, ClassVar

from django.db import connections, models
from django.db.models import Case, F, IntegerField, Q, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Collate, Length

from ..folding import canonical_code
from ..models import VisibleQuerySet
from .question import Phrase, Question, Synonyms, Unit
from .word_forms import SHORT, index_words, stem, words

# Between two names in a column of names.
BAR = "|"
# The precedence of records, of links between them, and of where they come from.
RECORDS, LINKS, SOURCES = 0, 1, 2


def joined_names(names: list[str]) -> str:
    """The names as one text of words, each between bars: "|starcom|space training and readiness command|"."""
    keys = dict.fromkeys(filter(None, (" ".join(words(name)) for name in names)))
    return f"{BAR}{BAR.join(keys)}{BAR}" if keys else ""


def joined_text(texts: list[str]) -> str:
    """The texts as one text of words with a space before and after each; a bar parts the texts."""
    return f" {f' {BAR} '.join(filter(None, (' '.join(words(text)) for text in texts)))} "


def joined_words(texts: list[str]) -> str:
    """Every word and stem of the texts, once."""
    return " ".join(index_words(" ".join(texts)))


@dataclass(frozen=True)
class SearchHit:
    """A search result: the index entry of a record, and the question it answers."""

    kind: str
    code: str
    title: str
    aliases: str
    body: str
    notional: bool
    question: Question

    def matches(self, text: str) -> bool:
        """Whether a word of ``text`` is among those asked for."""
        return self.question.matches(text)

    def mark(self, text: str) -> str:
        """``text`` with START and STOP around each word that is asked for."""
        return self.question.mark(text)

    def excerpt(self, text: str) -> str:
        """Some words of ``text`` around the first match, with START and STOP around each match."""
        return self.question.excerpt(text)


class SearchQuerySet(VisibleQuerySet):
    """Queryset of the index: a table with the texts of records as they read, and as words.

    Columns: kind, code, title, aliases, body and notional; for the engine code_words, name_words (of the title),
    alias_words (see ``joined_names``), text_words (``joined_text``) and all_words (``joined_words``); precedence,
    least first. ``synonyms`` gives the names that mean the same; the app with them sets it in ``AppConfig.ready``.
    """

    synonyms: ClassVar[Callable[[], Synonyms]] = dict

    def with_code(self, code: str) -> list:
        """Entries with this code, however it was typed. Several kinds of record may share a code."""
        # PostgreSQL refuses to be asked for a NUL.
        return [] if "\x00" in code else list(self.filter(code=canonical_code(code)).order_by("notional", "kind"))

    def question(self, text: str) -> Question:
        """The question that ``text`` asks of this index. SearchError if it cannot be asked."""
        question = Question(text, SearchQuerySet.synonyms())
        _ = question.words
        return question

    def matching(self, question: str | Question):
        """Entries with every word of the question, or with any of them if it says so; none without words."""
        if isinstance(question, str):
            question = self.question(question)
        if not question.words:
            return self.none()
        engine = search_backend(self.db)
        find = partial(engine.condition, self.model._meta.db_table)
        plain = [unit.phrase for unit in question.units if not unit.others]
        conditions = [Q(find(plain, any_word=question.any_word))] if plain else []
        conditions += [_unit_condition(unit, find) for unit in question.units if unit.others]
        return self.filter(reduce(or_ if question.any_word else and_, conditions))

    def hits(self, question: str | Question, *, limit: int, offset: int = 0) -> list[SearchHit]:
        """The matching entries, best first.

        A code, or a name of the content, that is exactly what was asked for; then records before links before sources,
        and of each kind names that begin with the words, other names that do, names and other names with all words,
        texts; short names first.
        """
        if isinstance(question, str):
            question = self.question(question)
        rows = (
            self.matching(question).order_by(*_order(question, search_backend(self.db).collation))
            if question.words
            else self.none()
        )
        columns = ("kind", "code", "title", "aliases", "body", "notional")
        page = rows.values_list(*columns)[offset : offset + limit]
        return [SearchHit(*row, question=question) for row in page]

    def dated(self, first: datetime.date | None = None, last: datetime.date | None = None):
        """Entries with a date that may lie on or after ``first`` and on or before ``last``, as far as is known."""
        rows = self.filter(latest__gte=first) if first else self
        return rows.filter(earliest__lte=last) if last else rows

    def suggestions(self, question: Question, *, limit: int) -> list[Any]:
        """Records, not links or sources, with a name of which a word begins with the words typed so far."""
        if not question.words:
            return []
        key = question.key
        begins = Q(code_words__startswith=key) | Q(name_words__startswith=key) | Q(alias_words__contains=f"{BAR}{key}")
        named = begins | Q(name_words__contains=f" {key}") | Q(alias_words__contains=f" {key}")
        return list(
            self.filter(named, precedence=RECORDS).order_by(*_order(question, search_backend(self.db).collation))[
                :limit
            ]
        )


def _unit_condition(unit: Unit, find: Callable[[list[Phrase]], Any]) -> Q:
    """Entries with the words of the unit, or with one of its other names as a phrase."""
    condition = Q(find([unit.phrase]))
    for phrase in sorted(unit.others):
        # The engine finds the words; whether they stand together only the text says.
        condition |= Q(find([phrase])) & (_has_phrase(phrase) if len(phrase) > 1 else Q())
    return condition


def _has_phrase(phrase: Phrase) -> Q:
    """Entries in which the words stand together, the last one in any form."""
    return Q(text_words__contains=f" {' '.join([*phrase[:-1], _beginning(phrase[-1])])}")


def _beginning(word: str) -> str:
    """What every form of a word begins with; a short word has one form, and ends there."""
    if len(word) <= SHORT:
        return f"{word} "
    start = stem(word)
    # The stem of "ally" is "alli".
    return start if word.startswith(start) else start[:-1]


def _order(question: Question, collation: str) -> list[Any]:
    """Expressions to order the entries by, for a question with words; ``collation`` is that of plain bytes."""
    key = question.key
    exact = Case(
        When(code_words=key, then=0),
        When(name_words=key, precedence__lt=SOURCES, then=1),
        When(alias_words__contains=f"{BAR}{key}{BAR}", then=2),
        default=3,
        output_field=IntegerField(),
    )
    in_name, in_alias = (_has_words(question, column) for column in ("name_words", "alias_words"))
    place = Case(
        When(name_words__startswith=key, then=0),
        When(alias_words__contains=f"{BAR}{key}", then=1),
        When(in_name, then=2),
        When(in_alias, then=3),
        default=4,
        output_field=IntegerField(),
    )
    order: list[Any] = [exact]
    if question.any_word:
        # As many words as possible; a record of which one is the name before all.
        each = [reduce(or_, map(_has_phrase, unit.phrases)) for unit in question.units]
        number = reduce(add, (Case(When(unit, then=1), default=0, output_field=IntegerField()) for unit in each))
        names = [" ".join(phrase) for unit in question.units for phrase in unit.phrases]
        named = Q(code_words__in=names) | Q(name_words__in=names)
        order += [Case(When(named, then=0), default=1, output_field=IntegerField()), number.desc()]
    by_code, by_kind = Collate("code_words", collation).asc(), Collate("kind", collation).desc()
    return [*order, F("precedence"), place, Length("name_words"), by_code, by_kind, Collate("code", collation).asc()]


def _has_words(question: Question, column: str) -> Q:
    """Entries with every unit of the question in ``column``, at the beginnings of words."""
    return reduce(
        and_,
        (
            reduce(or_, (reduce(and_, (_begins_word(column, word) for word in phrase)) for phrase in unit.phrases))
            for unit in question.units
        ),
    )


def _begins_word(column: str, word: str) -> Q:
    start = _beginning(word).strip()
    inside = Q(**{f"{column}__contains": f" {start}"}) | Q(**{f"{column}__contains": f"{BAR}{start}"})
    return inside | Q(**{f"{column}__startswith": start})


# ---- The two engines -----------------------------------------------------------------------------------------------


def expression(phrases: list[Phrase], join: str, *, exact: str, beginning: str, both: str, either: str) -> str:
    """The phrases, joined by ``join``, in an engine's language: its ways to write a word, its beginning, and, or."""

    def word_of(word: str) -> str:
        forms = dict.fromkeys([exact.format(stem(word)), (beginning if len(word) > SHORT else exact).format(word)])
        return f"({either.join(forms)})"

    return join.join(f"({both.join(map(word_of, phrase))})" for phrase in phrases)


class SqliteSearch:
    """Search with FTS5: the external content table ``<entries>_fts`` with the row ids of the entries."""

    collation = "BINARY"

    @classmethod
    def condition(cls, table: str, phrases: list[Phrase], any_word: bool = False) -> Q:
        """Entries with every word of the phrases, or of any of them."""
        sql = f'SELECT rowid FROM "{table}_fts" WHERE "{table}_fts" MATCH %s'
        join = " OR " if any_word else " AND "
        match = expression(phrases, join, exact='"{}"', beginning='"{}"*', both=" AND ", either=" OR ")
        return Q(pk__in=RawSQL(sql, [match]))

    @staticmethod
    def create(table: str) -> list[str]:
        remove = f"INSERT INTO {table}_fts({table}_fts, rowid, all_words) VALUES ('delete', old.id, old.all_words);"
        add = f"INSERT INTO {table}_fts(rowid, all_words) VALUES (new.id, new.all_words);"
        return [
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5(all_words, content='{table}', content_rowid='id', "
            "tokenize='ascii', detail='none')",
            f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} BEGIN {add} END",
            f"CREATE TRIGGER {table}_removed AFTER DELETE ON {table} BEGIN {remove} END",
            f"CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} BEGIN {remove} {add} END",
        ]

    @staticmethod
    def drop(table: str) -> list[str]:
        triggers = [f"DROP TRIGGER {table}_{name}" for name in ("added", "removed", "changed")]
        return [*triggers, f"DROP TABLE {table}_fts"]


class PostgresqlSearch:
    """Search with a stored tsvector column and a GIN index. The words are made already: no parser, no dictionary."""

    collation = "C"

    @classmethod
    def condition(cls, table: str, phrases: list[Phrase], any_word: bool = False) -> RawSQL:
        """Entries with every word of the phrases, or of any of them."""
        join = " | " if any_word else " & "
        match = expression(phrases, join, exact="'{}'", beginning="'{}':*", both=" & ", either=" | ")
        return RawSQL("vector @@ %s::tsquery", [match], output_field=models.BooleanField())

    @staticmethod
    def create(table: str) -> list[str]:
        vector = "array_to_tsvector(string_to_array(all_words, ' '))"
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
