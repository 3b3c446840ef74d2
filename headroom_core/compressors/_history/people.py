"""Spells who made a commit and when: what was said before, or follows, is left out."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

NAME: Final = r"(?![+(\- ]|merge )[^\n<>;|]{1,120}"
MAIL: Final = r"[^\n<>;]{0,120}"
TRAILER: Final = re.compile(
    rf"^((?:[A-Z][A-Za-z-]{{1,30}}-by|Cc): )([^\n<> ][^\n<>]{{0,120}}?)(?: <({MAIL})>)?$",
    re.MULTILINE,
)

_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"
_PERSON = re.compile(rf"({NAME}?)(?: <({MAIL})>)?")
_DAY = r"([A-Z][a-z]{2}) ([A-Z][a-z]{2} [1-9]\d?) (\d\d:\d\d:\d\d) (\d{4})"
_PRINTED: Final = {
    "default": re.compile(rf"\A{_DAY} ([+-]\d{{4}})"),
    "local": re.compile(rf"\A{_DAY}()"),
    "iso": re.compile(r"\A()(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)() ([+-]\d{4})"),
    "strict": re.compile(r"\A()(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)()(Z|[+-]\d\d:\d\d)"),
    "short": re.compile(r"\A()()(\d{4}-\d\d-\d\d)()()"),
    "other": re.compile(r"\A()()([^\n;|]{1,60})()()"),
}
_MONTH_DAY = r"(?:([A-Z][a-z]{2} \d\d?) (?:(\d{4}) )?)?(\d\d:\d\d:\d\d)"
_ISO_DAY = r"(?:(\d{4}-\d\d-\d\d) )?()(\d\d:\d\d:\d\d)"
_SPELLED: Final = {
    "default": re.compile(rf"\A{_MONTH_DAY}(?: ([+-]\d{{4}}))? "),
    "local": re.compile(rf"\A{_MONTH_DAY}() "),
    "iso": re.compile(rf"\A{_ISO_DAY}(?: ([+-]\d{{4}}))? "),
    "strict": re.compile(rf"\A{_ISO_DAY}(?: (Z|[+-]\d\d:\d\d))? "),
    "short": re.compile(r"\A()()(\d{4}-\d\d-\d\d)() "),
    "other": re.compile(r"\A()()([^\n;|]{1,60})(); "),
}
_LAYOUTS: Final = {
    "default": "{weekday} {day} {time} {year} {zone}",
    "local": "{weekday} {day} {time} {year}",
    "iso": "{day} {time} {zone}",
    "strict": "{day}T{time}{zone}",
}

DATE_STYLES: Final = tuple(_PRINTED)


def date_style(printed: str) -> str:
    """Return the name of the way in which a date is printed."""
    return next(
        name for name, pattern in _PRINTED.items() if pattern.fullmatch(printed) or name == "other"
    )


class People:
    """What is known of the people of a history: the same to who writes it and to who reads it.

    Args:
        style: How dates are printed, see `date_style`; "" if there are none.
    """

    def __init__(self, style: str) -> None:
        self.mails: dict[str, str] = {}
        self._zones: dict[str, str] = {}
        self._style = style
        self._printed = _PRINTED.get(style)
        self._spelled = _SPELLED.get(style)
        self._day = self._year = self._last = ""

    def parse(self, printed: str) -> tuple[str, ...] | None:
        """Return weekday, day, time, year and zone of a printed date; None for a strange one."""
        if self._printed is None:
            return ("", "", "", "", "")
        found = self._printed.fullmatch(printed)
        if found is None:
            return None
        parts = found.groups()
        return None if parts[0] and _weekday(parts[1], parts[3]) != parts[0] else parts

    def spell(self, name: str, mail: str, parts: tuple[str, ...]) -> str:
        """Return date, zone, name and mail as far as they are news."""
        _, day, time, year, zone = parts
        when = ""
        if time:
            when = self._date(day, time, year)
            if zone and self._zones.get(name) != zone:
                self._zones[name] = zone
                when += f" {zone}"
            when += "; " if self._style == "other" else " "
        above, self._last = self._last, name
        if self.mails.get(name) == mail:
            return when.rstrip(" ;") if name == above and when else when + name
        self.mails[name] = mail
        return f"{when}{name} <{mail}>"

    def read(self, text: str) -> tuple[str, str, str]:
        """Return name, mail and printed date from what `spell` wrote.

        Raises:
            ValueError: If it did not.
        """
        printed = zone = ""
        if self._spelled:
            found = self._spelled.match(f"{text} ") or self._spelled.match(f"{text}; ")
            if found is None:
                raise ValueError("no date")
            text = text[found.end() :] or self._last
            printed, zone = self._undate(found), found[4] or ""
        who = _PERSON.fullmatch(text)
        if who is None or (who[2] is None and who[1] not in self.mails):
            raise ValueError("nobody known")
        name = who[1]
        if who[2] is not None:
            self.mails[name] = who[2]
        if zone:
            self._zones[name] = zone
        self._last = name
        return name, self.mails[name], printed.replace("{zone}", self._zones.get(name, ""))

    def spell_trailer(self, match: re.Match[str]) -> str:
        """Return a line such as "Reviewed-by: Ann <mail>", without the mail if it is known."""
        _, name, mail = match.groups()
        if mail is None:
            return f"^    {match[0]}" if name in self.mails else match[0]
        if self.mails.get(name) == mail:
            return match[1] + name
        self.mails[name] = mail
        return match[0]

    def read_trailer(self, line: str) -> str:
        """Return the line that `spell_trailer` was given; other lines as they are."""
        match = TRAILER.fullmatch(line)
        if match is None:
            return line
        _, name, mail = match.groups()
        if mail is not None:
            self.mails[name] = mail
        elif name in self.mails:
            return f"{line} <{self.mails[name]}>"
        return line

    def _date(self, day: str, time: str, year: str) -> str:
        if self._year != year:
            self._day, self._year = day, year
            return f"{day} {year} {time}" if year else f"{day} {time}"
        if self._day != day:
            self._day = day
            return f"{day} {time}"
        return time

    def _undate(self, found: re.Match[str]) -> str:
        layout = _LAYOUTS.get(self._style)
        day, year, time, _ = found.groups()
        if layout is None:
            return str(time)
        self._day = day or self._day
        self._year = year or self._year
        weekday = _weekday(self._day, self._year) if "weekday" in layout else ""
        return layout.format(
            weekday=weekday, day=self._day, time=time, year=self._year, zone="{zone}"
        )


@lru_cache(maxsize=4096)
def _weekday(day: str, year: str) -> str:
    """Return the day of the week, "" if there is no such day."""
    month = _MONTHS.find(day[:3])
    try:
        return (
            _DAYS[date(int(year), month // 3 + 1, int(day[4:])).weekday()] if month % 3 == 0 else ""
        )
    except ValueError:
        return ""
