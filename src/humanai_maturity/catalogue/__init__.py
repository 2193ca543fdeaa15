"""Where rubrics, measures and aggregators are found: in the library, in folders, in plug-ins, and in memory."""

from humanai_maturity.catalogue.catalogue import Catalogue
from humanai_maturity.catalogue.default import (
    list_plugins,
    list_rubrics,
    load_assessment,
    load_document,
    load_rubric,
    score,
    scorer_of,
)
from humanai_maturity.catalogue.entry_points import Plugin
from humanai_maturity.catalogue.sources import ListedRubric

__all__ = [
    "Catalogue",
    "ListedRubric",
    "Plugin",
    "list_plugins",
    "list_rubrics",
    "load_assessment",
    "load_document",
    "load_rubric",
    "score",
    "scorer_of",
]
