"""Weighted sums over neighbours, as lines of source: cells added up, and ratios averaged."""

from collections.abc import Iterable, Iterator, Sequence

from humanai_maturity.engine.plan import Node, Parts
from humanai_maturity.engine.terms import LOW, POINT, Mode, Terms

_INLINE = 24
"""Up to so many terms are written out; longer sums are left to `dot`."""


def answered(parts: Parts, terms: Terms) -> Iterator[str]:
    """Write the tally `b` of the leaves as they were answered and, where it matters, the weight `u` of unknown ones."""
    group = terms.group(parts)
    yield f"b{group} = {_leaves(parts)}"
    if not terms.complete:
        away = f" - off[{group}]" if terms.reduced else ""
        yield f"u{group} = {sum(parts.leaf_weights)}{away} - (b{group} & {terms.plan.layout.mask})"


def _leaves(parts: Parts) -> str:
    first, after = parts.leaves
    if after - first > _INLINE:
        weights = ", ".join(map(str, parts.leaf_weights))
        return f"dot(({weights}), cell[{first}:{after}])"
    return " + ".join(product(weight, f"c{first + place}") for place, weight in enumerate(parts.leaf_weights)) or "0"


def tally(parts: Parts, mode: Mode, terms: Terms, *, fills: bool) -> str:
    """Return the weighted sum of the cells that count in a mode, as a phrase.

    Args:
        parts: The neighbours.
        mode: The mode.
        terms: The names.
        fills: Whether, in the point, what is unknown counts at its worst.
    """
    nodes = _node_terms(parts, mode, terms, fills=fills)
    return " + ".join((*leaf_terms(parts, mode, terms, fills=fills), *nodes)) or "0"


def tally_name(parts: Parts, node: Node, mode: Mode, terms: Terms) -> str:
    """Return what the tally of some parts is called at a node."""
    return f"q{terms.group(parts)}_{node.index}{mode}"


def leaf_terms(parts: Parts, mode: Mode, terms: Terms, *, fills: bool) -> Iterator[str]:
    """Yield the terms that the leaves add to a tally."""
    first, after = parts.leaves
    if first == after:
        return
    weighted = list(zip(range(first, after), parts.leaf_weights, strict=True))
    limited = [(leaf, weight) for leaf, weight in weighted if leaf in terms.limited]
    if terms.called and 2 * len(limited) > len(weighted):
        yield from (product(weight, terms.cell(leaf, mode)) for leaf, weight in weighted)
    else:
        yield f"b{terms.group(parts)}"
        yield from (product(weight, f"({terms.cell(leaf, mode)} - c{leaf})") for leaf, weight in limited)
    if not terms.complete and (mode != POINT or fills):
        yield _unknown(parts, LOW if mode == POINT else mode, terms)


def _unknown(parts: Parts, mode: Mode, terms: Terms) -> str:
    """Return what unknown leaves add at their worst or at their best: what is added up stands on one range."""
    first, _ = parts.leaves
    return f"u{terms.group(parts)} * {terms.end_cell(first, mode)}"


def _node_terms(parts: Parts, mode: Mode, terms: Terms, *, fills: bool) -> Iterator[str]:
    for node, weight in parts.weighted_nodes:
        stage = f"v{node}{mode}"
        if fills and mode == POINT and not terms.complete:
            stage = f"{stage} or v{node}{LOW}"
        yield product(weight, f"STANDING[{stage}]")


def averaged(
    names: tuple[str, str],
    leaves: tuple[str, str, str] | None,
    nodes: Sequence[tuple[str, str, int]],
    *,
    some: bool,
    called: bool,
) -> Iterator[str]:
    """Write the weighted mean of ratios, exactly, into two names.

    Args:
        names: What to call its numerator and its denominator, which is 0 where there is nothing to average.
        leaves: A weighted sum of numerators, their denominator and their weight; `None` without leaves.
        nodes: The numerator, the denominator and the weight of every node.
        some: Whether some nodes may not be there, which their denominator 0 says.
        called: Whether to leave it to a function.
    """
    num, den = names
    if called:
        yield f"{num}, {den} = averaged({_packed(leaves or ())}, {_packed(map(_packed, nodes))})"
        return
    if leaves is None and not some:
        (part, over, each), *nodes = nodes
        yield f"{num}, {den} = {product(each, part)}, {over}"
        weight = str(each)
    else:
        total, over, weight = leaves or ("0", "1", "0")
        yield f"{num}, {den} = {total}, {over}"
    if some:
        yield f"w = {weight}"
    for part, over, each in nodes:
        same = f"if {over} == {den}: {num} += {product(each, part)}"
        other = f"else: {num}, {den} = {num} * {over} + {product(each, part)} * {den}, {den} * {over}"
        yield from ([f"if {over}:", f"    w += {each}", f"    {same}", f"    {other}"] if some else [same, other])
    yield f"{den} *= w" if some else f"{den} *= {weight} + {sum(each for *_, each in nodes)}"


def _packed(parts: Iterable[object]) -> str:
    return f"({''.join(f'{part}, ' for part in parts)})"


def product(weight: int, phrase: str) -> str:
    """Return a phrase so many times."""
    return phrase if weight == 1 else f"{weight} * {phrase}"
