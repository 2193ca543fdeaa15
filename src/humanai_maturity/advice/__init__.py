"""Advice: what to do next and with which team, from a rubric's guidance and where everything stands.

It knows rubrics, and not how they are scored: the engine says where everything stands, and what changed answers would
bring about.
"""
