"""The invented district: streets, grids, roads, estates and every place something can be at.

A spot is made from small integers only, so that the same numbers name the same place in every
source. Roads and estates belong to one community each; the n-th premises of a place type has
one name for ever. Drawing the integers is each source's business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from riskpipe.demo.plan import packaged_rules

ROADS_EACH, ESTATES_EACH = 3, 4
SHORTENED = (
    "制品有限公司",
    "实业有限公司",
    "咨询有限公司",
    "服务有限公司",
    "管理有限公司",
    "有限公司",
    "商行",
    "经营部",
    "门市部",
)


@dataclass(slots=True)
class Spot:
    """One place: unit or facility by full and short name, and where it lies."""

    kind: str
    unit: str
    short: str
    address: str
    street: str
    community: str
    grid: str
    street_code: str


@dataclass(frozen=True)
class Geography:
    """The district, from geography.toml."""

    data: Mapping[str, Any]

    @cached_property
    def streets(self) -> list[str]:
        """Names of the 18 streets in office order."""
        return [name + "街道" for name in self.data["streets"]]

    @cached_property
    def street_codes(self) -> list[str]:
        """QL01 .. QL18."""
        return [f"{self.data['code']}{i + 1:02d}" for i in range(len(self.streets))]

    @cached_property
    def communities(self) -> list[str]:
        """187 names, in grid order."""
        names = [a + b for a in self.data["community_first"] for b in self.data["community_second"]]
        return [name + "社区" for name in names]

    @cached_property
    def street_of(self) -> list[int]:
        """Index of the street of each community: 7 streets of 11 and 11 of 10."""
        owned = [11] * 7 + [10] * 11
        return [street for street, n in enumerate(owned) for _ in range(n)]

    @cached_property
    def grid_codes(self) -> list[str]:
        """QL01-001 .. of the third level."""
        seen: dict[int, int] = {}
        codes = []
        for street in self.street_of:
            seen[street] = seen.get(street, 0) + 1
            codes.append(f"{self.street_codes[street]}-{seen[street]:03d}")
        return codes

    @cached_property
    def community_weights(self) -> list[float]:
        """Probability that something happens in each community."""
        sizes = self.data["sizes"]
        owned = [self.street_of.count(s) for s in range(len(sizes))]
        raw = [sizes[s] / owned[s] for s in self.street_of]
        return [x / sum(raw) for x in raw]

    @cached_property
    def communities_of(self) -> list[list[int]]:
        """Community indices of each street."""
        return [
            [c for c, s in enumerate(self.street_of) if s == street]
            for street in range(len(self.streets))
        ]

    def road(self, community: int, n: int) -> str:
        """One of the three roads of a community."""
        i = community * ROADS_EACH + n % ROADS_EACH
        first, second = self.data["road_first"], self.data["road_second"]
        a, b = i % len(first), (i // len(first) + i) % len(second)
        return first[a] + second[b] + ("路", "街", "巷")[i % 3]

    def _road_place(self, community: int, road: str) -> int:
        return [self.road(community, n) for n in range(ROADS_EACH)].index(road)

    def estate(self, community: int, n: int) -> str:
        """One of the four housing estates of a community."""
        i = community * ESTATES_EACH + n % ESTATES_EACH
        first, second = self.data["estate_first"], self.data["estate_second"]
        forms = self.data["estate_forms"]
        a, b = i % len(first), (i // len(first)) % len(second)
        return first[a] + second[b] + forms[(i // (len(first) * len(second)) + i) % len(forms)]

    @cached_property
    def _parts(self) -> dict[str, tuple[Sequence[str], Sequence[str]]]:
        return {kind: (d["lines"], d["forms"]) for kind, d in self.data["kinds"].items()}

    @cached_property
    def _brands(self) -> list[str]:
        first, second = self.data["brand_first"], self.data["brand_second"]
        return [a + b for a in dict.fromkeys(first) for b in dict.fromkeys(second) if a != b]

    def names_of(self, kind: str) -> int:
        """How many different names a kind of unit has."""
        return self._names.get(kind, 0)

    @cached_property
    def _names(self) -> dict[str, int]:
        return {k: len(self._brands) * len(a) * len(b) for k, (a, b) in self._parts.items()}

    def unit_name(self, kind: str, index: int) -> str:
        """The index-th name of a kind of unit; distinct until brands x lines x forms run out."""
        lines, forms = self._parts[kind]
        brands, total = self._brands, self._names[kind]
        # A stride that shares no factor with the total walks through every name once.
        k = (index * 1_000_003 + 17) % total
        brand, rest = brands[k % len(brands)], k // len(brands)
        name = brand + lines[rest % len(lines)] + forms[rest // len(lines)]
        return name if index < total else f"{name}（{index // total + 1}号店）"

    def premises(self, place_type: str, index: int) -> Spot:
        """The index-th premises of one of the six place types, always at the same place."""
        kinds = self.data["place_types"][place_type]
        kind = kinds[index % len(kinds)]
        mixed = (index * 2654435761 + len(place_type) * 97) & 0xFFFFFFFF
        community = self._by_weight[(mixed >> 8) % len(self._by_weight)]
        return self.spot(kind, community, index // len(kinds), (mixed >> 20) % 400)

    @cached_property
    def _by_weight(self) -> list[int]:
        return [c for c, w in enumerate(self.community_weights) for _ in range(round(w * 2000))]

    def spot(self, kind: str, community: int, a: int, b: int) -> Spot:
        """A place of `kind` in a community; `a` picks the name, `b` the road and number."""
        road, number = self.road(community, b), b // 3 + 1
        unit, short, address = self._named(kind, community, road, number, a)
        street = self.street_of[community]
        return Spot(
            kind,
            unit,
            short,
            address,
            self.streets[street],
            self.communities[community],
            self.grid_codes[community],
            self.street_codes[street],
        )

    def _named(
        self, kind: str, community: int, road: str, number: int, a: int
    ) -> tuple[str, str, str]:
        name = self.communities[community][:2]
        if kind == "estate":
            estate = self.estate(community, a)
            return estate, estate[:4], f"{road}{number}号{estate}{a // 4 % 40 + 1}栋"
        if kind == "road":
            # A crossing is with the next of the community's roads, never with itself.
            other = self.road(community, a % 2 + 1 + self._road_place(community, road))
            crossing = f"{road}与{other}交叉口"
            return "无", "无", f"{road}{number}号附近" if a % 3 else crossing
        if kind == "river":
            return f"{name}河{a % 9 + 1}号段", f"{name}河", f"{name}河{road}段{number}米处"
        if kind == "hill":
            return f"{name}山{a % 9 + 1}号坡", f"{name}山", f"{name}山{road}{number}号后侧"
        if kind == "net":
            return "无", "无", f"{road}{number}号"
        unit = self.unit_name(kind, a)
        return unit, _shorten(unit), f"{road}{number}号"


def _shorten(unit: str) -> str:
    for ending in SHORTENED:
        if unit.endswith(ending):
            return unit[: -len(ending)]
    return unit


def load_geography() -> Geography:
    """The packaged district."""
    return Geography(packaged_rules().document("demo/geography"))
