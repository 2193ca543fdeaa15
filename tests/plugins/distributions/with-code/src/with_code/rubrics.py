"""Rubrics that are made rather than written."""

import humanai_maturity as hm

DAYS = {"type": "custom", "measure": "share-of-days", "minimum": 0, "maximum": 1, "params": {"days": 5}}


def shifts():
    """Return the same rubric for two teams."""
    return [rubric("shifts"), rubric("night-shifts")]


def rubric(name):
    """Return a rubric about the days of a week."""
    return hm.parse_rubric(
        {
            "format": 1,
            "id": name,
            "version": "1.0.0",
            "title": "Shifts",
            "stages": [{"id": "some", "title": "Some days"}, {"id": "most", "title": "Most days"}],
            "dimensions": [
                {
                    "id": "days",
                    "title": "Days",
                    "criteria": [
                        {"id": "reviewed", "title": "Reviewed", "scale": DAYS},
                        {"id": "staffed", "title": "Staffed", "scale": DAYS},
                    ],
                }
            ],
            "score": {"rule": "aggregator", "name": "midrange"},
            "stage": {"cuts": {"most": 0.6}},
        }
    )
