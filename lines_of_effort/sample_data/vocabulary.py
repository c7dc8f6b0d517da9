"""Vocabulary of generated strategies: words that mean nothing, but read and search like real ones."""

from random import Random

VERBS = (
    "Review",
    "Map",
    "Test",
    "Share",
    "Repair",
    "Rehearse",
    "Fund",
    "Staff",
    "Protect",
    "Measure",
    "Plan",
    "Inspect",
)
THINGS = (
    "fuel stocks",
    "tide warnings",
    "radio relays",
    "spare cranes",
    "channel markers",
    "salvage tugs",
    "cable landings",
    "storm shelters",
    "cargo records",
    "diver training",
    "ferry routes",
    "quay walls",
    "watch rosters",
    "ice reports",
    "pilot licenses",
)
PLACES = (
    "northern approaches",
    "southern approaches",
    "inner harbor",
    "outer islands",
    "river mouth",
    "fishing ports",
    "ferry terminals",
    "repair yards",
    "cargo docks",
    "lock gates",
    "lighthouse stations",
    "customs quays",
)
UNITS = ("Department", "Directorate", "Command", "Division", "Section", "Team")


class Words:
    """Random titles, sentences and office names."""

    def __init__(self, random: Random):
        self.pick = random.choice

    def title(self) -> str:
        return f"{self.pick(VERBS)} {self.pick(THINGS)} for the {self.pick(PLACES)}"

    def sentence(self) -> str:
        return f"{self.title()}, together with the {self.pick(PLACES)}."

    def office(self, level: int, number: int) -> dict[str, str]:
        """Name and abbreviation of an office; ``level`` counts from the top."""
        place, thing, unit = self.pick(PLACES).title(), self.pick(THINGS).title(), UNITS[min(level, len(UNITS) - 1)]
        initials = "".join(word[0] for word in f"{place} {thing} {unit}".split())
        return {"name": f"{place} {thing} {unit} {number}", "abbreviation": f"{initials}{number}"}
