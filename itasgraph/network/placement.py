"""The places of entries in the cells of a map: simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983), each cell by itself.

An entry is a sign with its name below it, right, left or above. The page places names anew with the reader's font; the sides
here make sure that they have room. All lengths are pixels, y points down.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from itasgraph.network import algorithms
from itasgraph.network.cells import Point, Polygon, centroid, span
from itasgraph.network.placement_costs import LEFT, RIGHT, SIDES, Board, Entry, Place, box_around, cut_depth

_SEED: Final = 1983
_MOVES: Final = 80  # tried for each entry in the first round
_LEAST_MOVES: Final = 10  # where there are many entries
_BUDGET: Final = 10_000  # moves tried in all rounds
_ROUNDS: Final = 12
_HOTTEST, _WARM, _COLDEST = 100.0, 30.0, 0.6  # temperatures, in the unit of the costs
_LONGEST, _SHORTEST = 40.0, 4.0  # pixels that a sign moves across or down, at most
_TURNS: Final = 0.4  # the share of moves that may put the name on another side
_ESCAPES: Final = 0.5  # the share of first moves of an entry at a bad place that lead off other names
_BAD: Final = 100.0  # the cost from which a place is bad
_TRIES: Final = 9  # of one entry, until a move is taken
_ANGLES: Final = 8  # by which a first layout is turned
_EVEN: Final = 0.7  # the share by which heights in a first layout are made equal
_MARGIN_X, _MARGIN_Y = 0.2, 0.12  # of a first layout, as a share of the cell

Line = tuple[int, int]


def place(
    cells: Sequence[Polygon],
    groups: Sequence[Sequence[int]],
    entries: Sequence[Entry],
    lines: Sequence[Line],
    known: Mapping[int, Point] = MappingProxyType({}),
) -> list[Place]:
    """Return the place of each entry, in the cell of its group.

    `groups` hold numbers of entries, each number once, and `lines` pairs of them. After a first round for all cells, those
    with faults are arranged again, until none is left or all moves are used up. Entries whose place is `known` begin there.
    """
    placement = _Placement(cells, groups, entries, lines, known)
    generator = random.Random(_SEED)  # noqa: S311  # the same each time, no secret
    moves = max(_LEAST_MOVES, min(_MOVES, _BUDGET // max(len(entries), 1)))
    left = max(_BUDGET, moves * len(entries))
    pending = list(range(len(groups)))
    for number in range(_ROUNDS):
        affordable = []
        for group in pending:
            if moves * len(groups[group]) <= left:
                left -= moves * len(groups[group])
                affordable.append(group)
        for group in affordable:
            placement.improve(group, number, moves, generator)
        pending = [
            group for group in (range(len(groups)) if not number else affordable) if placement.board(group).faults()
        ]
    return placement.places


class _Placement:
    """The places of all entries, which become better cell by cell."""

    def __init__(
        self,
        cells: Sequence[Polygon],
        groups: Sequence[Sequence[int]],
        entries: Sequence[Entry],
        lines: Sequence[Line],
        known: Mapping[int, Point],
    ) -> None:
        self._known = known
        self._cells = cells
        self._groups = groups
        self._entries = entries
        group_of = {number: group for group, members in enumerate(groups) for number in members}
        self.places = [Place(centroid(cells[group_of[number]]), RIGHT) for number in range(len(entries))]
        self._ties = [line for line in lines if group_of[line[0]] != group_of[line[1]]]
        self._inside: list[list[Line]] = [[] for _ in groups]
        for one, two in lines:
            if group_of[one] == group_of[two]:
                self._inside[group_of[one]].append((one, two))
        self._starts: dict[int, list[list[Place]]] = {}

    def board(self, group: int) -> Board:
        """Return the board of a group, with the lines to other groups and those between others that lead over its cell."""
        members, cell = self._groups[group], self._cells[group]
        numbers = {member: number for number, member in enumerate(members)}
        fixed: list[Point] = []
        lines = [(numbers[one], numbers[two]) for one, two in self._inside[group]]
        around = box_around(cell)
        for one, two in self._ties:
            start, end = self.places[one].point, self.places[two].point
            if one in numbers or two in numbers or cut_depth(start, end, around):
                count = len(members) + len(fixed)
                lines.append((numbers.get(one, count), numbers.get(two, count + 1)))
                fixed += [start, end]
        board = Board(cell, [self._entries[member] for member in members], fixed, lines)
        board.arrange([self.places[member] for member in members])
        return board

    def improve(self, group: int, number: int, moves: int, generator: random.Random) -> None:
        """Arrange a group anew: in even rounds from one of its first layouts, in odd ones gently from where it is. Keep the better places."""
        board = self.board(group)
        before = board.places()
        badness = (board.faults(), board.total()) if number else (math.inf, math.inf)
        if group not in self._starts:
            self._starts[group] = self._layouts(group, board)
        starts = self._starts[group]
        board.arrange(before if number % 2 else starts[number // 2 % len(starts)])
        is_warm = number % 2 or any(member in self._known for member in self._groups[group])
        anneal(board, moves * board.count, _WARM if is_warm else _HOTTEST, generator.random)
        if (board.faults(), board.total()) < badness:
            for member, place_ in zip(self._groups[group], board.places(), strict=True):
                self.places[member] = place_

    def _layouts(self, group: int, board: Board) -> list[list[Place]]:
        """Return the first layouts of a group; where places in it are known, the only one is that with these."""
        layouts = _first_layouts(board)
        members = self._groups[group]
        if not any(member in self._known for member in members):
            return layouts
        pairs = zip(members, layouts[0], strict=True)
        return [[Place(self._known.get(member, place_.point), place_.side) for member, place_ in pairs]]


def _first_layouts(board: Board) -> list[list[Place]]:
    """Return a layout of a board's lines (Kamada and Kawai 1989), turned in several directions, the best one first."""
    graph = algorithms.graph(board.count, [line for line in board.lines if max(line) < board.count])
    layout = graph.layout_kamada_kawai(seed=graph.layout_circle()).coords
    ranked = []
    for turn in range(_ANGLES):
        angle = 2 * math.pi * turn / _ANGLES
        cos, sin = math.cos(angle), math.sin(angle)
        places = list(_fit(board.cell, [(x * cos + y * sin, y * cos - x * sin) for x, y in layout]))
        board.arrange(places)
        ranked.append((board.total(), turn, places))
    return [places for _, _, places in sorted(ranked)]


def _fit(cell: Polygon, layout: Sequence[Point]) -> Iterator[Place]:
    """Stretch a layout over a cell, its heights most of the way to equal distances, because names are wider than high."""
    _, top, _, bottom = box_around(cell)
    xs, ys = zip(*layout, strict=True)
    ranks = _shares(_ranks(ys))
    for across, down, rank in zip(_shares(xs), _shares(ys), ranks, strict=True):
        height = _EVEN * rank + (1 - _EVEN) * down
        y = top + (bottom - top) * (_MARGIN_Y + (1 - 2 * _MARGIN_Y) * height)
        left, right = span(cell, y)
        x = left + (right - left) * (_MARGIN_X + (1 - 2 * _MARGIN_X) * across)
        yield Place((x, y), RIGHT if 2 * across < 1 else LEFT)


def _ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value; of those that differ by rounding only, the first is the lesser."""
    order = sorted(range(len(values)), key=lambda number: (round(values[number], 3), number))
    ranks = [0.0] * len(values)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks


def _shares(values: Sequence[float]) -> list[float]:
    """Return where each value lies between the least (0) and the greatest (1)."""
    least, extent = min(values), (max(values) - min(values)) or 1.0
    return [(value - least) / extent for value in values]


def anneal(board: Board, moves: int, hottest: float, chance: Callable[[], float]) -> None:
    """Try moves of the entries of a board: better ones are taken, worse ones the more rarely the colder it is.

    The temperature falls from `hottest` with the fourth power of the moves left. Of two entries chosen by `chance`, which
    returns numbers from 0 to 1, that with the higher cost moves.
    """
    costs = [board.cost(number, board.points[number], board.sides[number]) for number in range(board.count)]
    tried = 0
    while tried < moves:
        left = 1 - tried / moves
        temperature = _COLDEST + (hottest - _COLDEST) * left**4
        reach = _SHORTEST + (_LONGEST - _SHORTEST) * left
        one, two = int(chance() * board.count), int(chance() * board.count)
        number = one if costs[one] > costs[two] else two
        costs[number], tries = _move(board, number, temperature, reach, chance)
        tried += tries


def _move(
    board: Board, number: int, temperature: float, reach: float, chance: Callable[[], float]
) -> tuple[float, int]:
    """Try to move an entry until a move is taken or several are refused (Metropolis et al. 1953). Return its cost and the number of tries."""
    (x, y), before = board.points[number], board.sides[number]
    cost = board.cost(number, (x, y), before)
    for tried in range(1, _TRIES + 1):
        side = before
        if tried == 1 and cost > _BAD and chance() < _ESCAPES:
            dx, dy = board.escape(number)
            share = 0.4 + 0.8 * chance()
            dx, dy = dx * share, dy * share
        else:
            dx, dy = (2 * chance() - 1) * reach, (2 * chance() - 1) * reach
            if chance() < _TURNS:
                side = SIDES[int(chance() * len(SIDES))]
        limit = cost - temperature * math.log(1 - chance())
        new = board.cost(number, (x + dx, y + dy), side, limit)
        if new <= limit:
            board.put(number, (x + dx, y + dy), side)
            return new, tried
    return cost, _TRIES
