"""One measured figure, and how all of them are told: a table for people, JSON for programs."""

import json
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

WIDTHS = (12, 62, 16, 8, 10, 4)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a part of the benchmark found. An aim is on the ratio where there is one, else on what was measured."""

    part: str
    what: str
    measured: float
    unit: str
    ratio: float | None = None
    aim: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        value = self.measured if self.ratio is None else self.ratio
        return value >= self.aim if self.at_least else value <= self.aim


def table(figures: Sequence[Figure]) -> str:
    """One line a figure: part, what, measured, ratio, aim, met."""
    lines = [_line("part", "what", "measured", "ratio", "aim", "met")]
    for one in figures:
        sign = "≥" if one.at_least else "≤"
        met = {None: "", True: "yes", False: "no"}[one.met]
        lines.append(
            _line(
                one.part,
                one.what,
                f"{_number(one.measured)} {one.unit}",
                "" if one.ratio is None else f"{one.ratio:,.2f}",
                "" if one.aim is None else f"{sign} {_number(one.aim)}",
                met,
            )
        )
    return "\n".join(lines)


def _line(*cells: str) -> str:
    part, what, measured, ratio, aim, met = (
        cell.rjust(width) if place in (2, 3, 4) else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    )
    return f"{part} {what} {measured} {ratio} {aim}  {met}".rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:,.2f}"


def write(path: Path, figures: Sequence[Figure], asked: dict[str, object]) -> None:
    """All figures as JSON, with the machine, the day and the sizes that were asked for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    said = {"machine": machine, "date": time.strftime("%Y-%m-%d"), **asked}
    told = [{**asdict(one), "met": one.met} for one in figures]
    path.write_text(json.dumps({**said, "figures": told}, indent=2) + "\n", encoding="utf-8")
