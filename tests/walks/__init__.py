"""The twelve walks through the closed loop: real widgets, real clicks, a picture of every step.

One module for each part. ``tests/journeys/test_walks.py`` goes through them all; ``dev.py shots`` draws their
pictures into docs/shots/walks/.
"""
