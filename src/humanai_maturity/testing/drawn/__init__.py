"""Hypothesis strategies for whole rubrics and answers to them, valid by construction and full of ties.

Numbers come from small grids of fractions, so that a score on a cut, two equal children or a share that just makes a
quorum are common. Every cross-reference points to something made earlier, so nothing can run in a circle.
"""
