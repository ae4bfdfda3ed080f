"""A part of the inputs, read by a run of its own, as job arrays do."""

from dataclasses import dataclass
from hashlib import sha256

from pipelines.inputs import Inputs
from pipelines.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One of several equal parts of the inputs, read by a run of its own."""

    number: int
    """From 1."""
    of: int

    @property
    def name(self) -> str:
        """What its lock is called."""
        return f"shard-{self.number}-of-{self.of}"

    def holds(self, source: Source) -> bool:
        """Return whether an input is read in this part: its URL, or else its content decides."""
        mark = sha256(source.url.encode()).hexdigest() if source.url else source.sha256
        return int((mark or "0")[:8], 16) % self.of == self.number - 1


def of_shard(inputs: Inputs, shard: Shard | None) -> Inputs:
    """Return the inputs of a part; all of them for no part."""
    if shard is None:
        return inputs
    sources = tuple(one for one in inputs.sources if one.url or shard.holds(one))
    return Inputs(sources=sources, refused=inputs.refused if shard.number == 1 else ())
