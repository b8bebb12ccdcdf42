"""Millions of byte strings looked for at once in any bytes.

In: byte strings of at least `PREFIX` bytes with what each tells, and some content. Out:
what of them the content holds, at any offset. An automaton over two million digests takes
a minute to build; a table of their first bytes takes two seconds. No encodings here.
"""

from collections.abc import Mapping

import numpy as np

PREFIX = 6
"""Shorter strings would meet random bytes by chance."""
BLOCK = 1 << 20
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # Knuth's multiplicative hashing, 2**64 / golden ratio


class RawSearch:
    """The strings, by their first six bytes."""

    def __init__(self, forms: Mapping[bytes, str]) -> None:
        """Strings shorter than `PREFIX` are left out."""
        self.forms: dict[int, list[tuple[bytes, str]]] = {}
        for form, what in forms.items():
            if len(form) >= PREFIX:
                start = int.from_bytes(form[:PREFIX], "little")
                self.forms.setdefault(start, []).append((form, what))
        # Some thirty places a string: three of a hundred random offsets look twice.
        self.bits = max(12, len(self.forms).bit_length() + 5)
        self.is_start = np.zeros(1 << self.bits, dtype=bool)
        self.is_start[self._slot(np.array(list(self.forms), dtype=np.uint64))] = True

    def __call__(self, content: bytes) -> set[str]:
        """What the strings found in `content` tell."""
        found: set[str] = set()
        for block in range(0, max(len(content) - PREFIX + 1, 0), BLOCK):
            part = np.frombuffer(content[block : block + BLOCK + PREFIX - 1], np.uint8)
            starts = np.zeros(len(part) - PREFIX + 1, np.uint64)
            for byte in range(PREFIX):
                starts |= part[byte : byte + len(starts)].astype(np.uint64) << np.uint64(8 * byte)
            maybe = np.flatnonzero(self.is_start[self._slot(starts)])
            for at in maybe.tolist():
                for form, what in self.forms.get(int(starts[at]), ()):
                    if content.startswith(form, block + at):
                        found.add(what)
        return found

    def _slot(self, starts: np.ndarray) -> np.ndarray:
        return (starts * SPREAD) >> np.uint64(64 - self.bits)
