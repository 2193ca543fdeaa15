"""What names stand for, worked out only where somebody reads them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from humanai_maturity.frames.functions import Value


@dataclass
class Later:
    """What a name stands for after a branch, worked out when it is first read, if ever."""

    find: Callable[[], Value]

    @cached_property
    def value(self) -> Value:
        """Return it."""
        return self.find()


def now(value: "Value | Later") -> Value:
    """Return what a name stands for."""
    return value.value if isinstance(value, Later) else value


@dataclass(frozen=True)
class Found(Mapping[str, Value]):
    """What the names of a program stand for in the end; what nobody reads is not worked out."""

    names: "Mapping[str, Value | Later]"

    def __getitem__(self, name: str) -> Value:
        return now(self.names[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
