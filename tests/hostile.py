"""Hostile documents: random bytes, mutated rubrics and YAML that is meant to hurt, each made from a number."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import yaml

ROOT = Path(__file__).parents[1]
SEEDS = tuple(
    path.read_bytes()
    for pattern in ("tests/documents/*/*.*", "tests/golden/*.yaml", "rubrics/*/*.yaml")
    for path in sorted(ROOT.glob(pattern))
    if path.suffix in {".yaml", ".json", ".csv"} and path.stat().st_size < 20_000
)
"""Valid and broken documents, to start from."""

Make: TypeAlias = Callable[[Random], bytes]

_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LETTERS = b" \t\n\r-:?,[]{}#&*!|>'\"%@`~<=\0\x7f\x85\xa0\xef\xbb\xbf\xff\xe2\x80\xa8\xf0\x9f\x98\x800123456789.eE+nul"
_TOKENS = (
    *(
        b"",
        b"~",
        b"null",
        b"[]",
        b"{}",
        b"[[]]",
        b"{a: {}}",
        b"- ",
        b"? ",
        b": ",
        b"'",
        b'"',
        b"|",
        b">-",
        b"|2+",
        b"#",
    ),
    *(b"&a", b"*a", b"<<: *a", b"!!python/object/apply:os.system [ls]", b"!!binary aGk=", b"!x", b"%TAG ! x", b"---"),
    *(
        b"...",
        b"true",
        b"No",
        b"-0",
        b"0x1F",
        b"0o17",
        b".5",
        b"5.",
        b".inf",
        b"-.nan",
        b"1e400",
        b"1e-400",
        b"9" * 500,
    ),
    *(b"1/3", b'"1/0"', b'"-1/3"', b"1_000", b"1:30", b"2026-02-30", b"0.1", b"-1", b"1e9", b"10000000000000000000"),
    *(
        b"\xc2\xa0",
        b"\xe2\x80\xa8",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        b"\xe2\x80\xae",
        b"\t",
        b"\r",
        b"\0",
        b"\x1b[31m",
    ),
    *(
        b"overall",
        b"children",
        b"id",
        b"rubric",
        b"answers",
        b"stages",
        b"dimensions",
        b"weight",
        b"\\u0000",
        b"__class__",
    ),
)
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2, 10**30, 0.5, -0.0, 1e300, 1e-300, "", " ", "1/3", "0/1", "overall", "children"),
    *([], {}, [[]], [None], {"": None}, {"unknown": "blank"}, {"not_applicable": ""}, ["a"] * 50, "x" * 30_000, "\x1b"),
    *(
        {"quorum": 2},
        {"cuts": {}},
        {"gates": {"low": {}}},
        {"kth": {"k": 10**12, "of": "children"}},
        {"all": [{"any": []}]},
    ),
    *({"rule": "power_mean", "exponent": 10**6}, {"rule": "sum", "base": "1/7"}, {"rule": "quantile", "q": "1/999"}),
    *({"type": "metric", "range": {"worst": 0, "best": 0}}, {"type": "custom", "measure": "m"}, {"type": "yes_no"}),
    *(
        "2026-02-30",
        {"lowest": [{"highest": "children"}]},
        {"digits": 400, "mode": "up"},
        {"rule": "mean", "over": "leaves"},
    ),
)


def documents(first: int, count: int) -> Iterator[bytes]:
    """Yield so many documents, the same ones for the same numbers."""
    for number in range(first, first + count):
        random = Random(number)  # noqa: S311 - nothing is kept secret here
        yield random.choices(_KINDS, _SHARES)[0](random)


def noise(random: Random) -> bytes:
    """Return random bytes."""
    return random.randbytes(random.randrange(400))


def soup(random: Random) -> bytes:
    """Return letters that mean something to YAML, in any order."""
    return bytes(random.choice(_LETTERS) for _ in range(random.randrange(300)))


def tokens(random: Random) -> bytes:
    """Return pieces of YAML in any order."""
    gaps = (b" ", b"\n", b"\n  ", b"", b", ", b": ")
    return b"".join(random.choice(_TOKENS) + random.choice(gaps) for _ in range(random.randrange(60)))


def cut(random: Random) -> bytes:
    """Return a document that ends too early, or has a hole."""
    text = random.choice(SEEDS)
    first, last = sorted((random.randrange(len(text) + 1), random.randrange(len(text) + 1)))
    return text[:first] if random.random() < 0.5 else text[:first] + text[last:]


def bitten(random: Random) -> bytes:
    """Return a document with some bytes changed."""
    text = bytearray(random.choice(SEEDS))
    for _ in range(random.randrange(1, 8)):
        text[random.randrange(len(text))] = random.randrange(256)
    return bytes(text)


def patched(random: Random) -> bytes:
    """Return a document with pieces of YAML put into it."""
    text = random.choice(SEEDS)
    for _ in range(random.randrange(1, 5)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(_TOKENS) + text[at + random.randrange(4) :]
    return text


def shuffled(random: Random) -> bytes:
    """Return a document with lines swapped, repeated, left out or moved to the right."""
    lines = random.choice(SEEDS).split(b"\n")
    for _ in range(random.randrange(1, 6)):
        at, other = random.randrange(len(lines)), random.randrange(len(lines))
        match random.randrange(4):
            case 0:
                lines[at], lines[other] = lines[other], lines[at]
            case 1:
                lines.insert(at, lines[other])
            case 2:
                lines[at] = b" " * random.randrange(1, 5) + lines[at]
            case _:
                lines[at] = b""
    return b"\n".join(lines)


def grafted(random: Random) -> bytes:
    """Return a readable document in which some values are of the wrong kind, too large, or from elsewhere in it."""
    data: Any = deepcopy(random.choice(_READABLE))
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        places = list(_places(data))
        if not places:
            break
        holder, key = random.choice(places)
        match random.randrange(4):
            case 0 if isinstance(holder, dict):
                del holder[key]
            case 1:
                other, at = random.choice(places)
                holder[key] = deepcopy(other[at])
            case _:
                holder[key] = deepcopy(random.choice(_VALUES))
    text: bytes = yaml.dump(data, Dumper=_Plain, allow_unicode=True, encoding="utf-8")
    return text


def nudged(random: Random) -> bytes:
    """Return a readable document with one number, text or order changed, so that most of its meaning survives."""
    data: Any = deepcopy(random.choice(_READABLE))
    places = [(holder, key) for holder, key in _places(data) if not isinstance(holder[key], dict)]
    holder, key = random.choice(places)
    value = holder[key]
    if isinstance(value, list):
        random.shuffle(value)
    elif value.replace(".", "", 1).isdigit():
        holder[key] = random.choice(("0", "1", "2", "3", "0.5", "-1", "1/3", "1e300", "1e-300", "7" * 400))
    else:
        holder[key] = random.choice((*(str(holder[key]) for holder, key in places[:200]), "x" * 19_999, "\\", "a\nb\n"))
    text: bytes = yaml.dump(data, Dumper=_Plain, allow_unicode=True, encoding="utf-8")
    return text


class _Plain(_DUMPER):
    """Write texts as they are, so that numbers are numbers again."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _as_it_is(dumper: Any, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(dumper.resolve(yaml.ScalarNode, text, (True, False)), text)


_Plain.add_representer(str, _as_it_is)


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield data, key
            yield from _places(data[key])


def nested(random: Random) -> bytes:
    """Return a document that is too deep, or nearly."""
    depth = random.choice((10, 63, 64, 65, 500, 3000))
    opening, closing = random.choice(((b"[", b"]"), (b"{a: ", b"}"), (b"- ", b""), (b"? ", b""), (b"a:\n  ", b"")))
    return opening * depth + b"x" + closing * random.choice((0, depth))


def bomb(random: Random) -> bytes:
    """Return aliases of aliases."""
    count, width = random.randrange(2, 40), random.randrange(1, 9)
    lines = [b"a0: &a0 [x, y]"]
    lines += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * width)) for n in range(1, count)]
    return b"\n".join(lines)


def table(random: Random) -> bytes:
    """Return something like a table of answers."""
    cells = (
        b"criterion",
        b"value",
        b"unknown",
        b"note",
        b"a;b",
        b"1",
        b"true",
        b'"',
        b'"x, y"',
        b"",
        b"=1+1",
        b"dont-know",
    )
    marks = (b",", b";", b"\t", b"\n", b"\r\n")
    head = b"# rubric: r\ncriterion,value\n" if random.random() < 0.5 else b""
    return head + b"".join(random.choice(cells) + random.choice(marks) for _ in range(random.randrange(80)))


_READABLE: tuple[Any, ...] = tuple(
    yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
    for pattern in ("tests/documents/valid/*.yaml", "tests/golden/*.yaml", "rubrics/*/*.yaml")
    for path in sorted(ROOT.glob(pattern))
    if path.stat().st_size < 20_000
)
_MAKERS: dict[Make, int] = {
    noise: 4,
    soup: 6,
    tokens: 6,
    cut: 8,
    bitten: 12,
    patched: 12,
    shuffled: 12,
    grafted: 14,
    nudged: 16,
    nested: 4,
    bomb: 1,
    table: 5,
}
"""What is made, and how often among a hundred."""
_KINDS, _SHARES = tuple(_MAKERS), tuple(_MAKERS.values())
