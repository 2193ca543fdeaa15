"""Let the reference show the examples of docstrings as code: where ours say `Example`, griffe knows `Examples`."""

import re
from typing import Any

from griffe import Extension, Object


class ExamplesAsCode(Extension):
    """Call each example of a docstring what griffe calls it."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Rename the heading in the docstring of one object."""
        if obj.docstring is not None:
            obj.docstring.value = re.sub(r"^Example:$", "Examples:", obj.docstring.value, flags=re.MULTILINE)
