"""The benchmark: the promises with numbers, each measured against a floor.

A floor is what the database or the PDF library needs for the bare work: frozen SQL
over flat tables that the benchmark makes itself, in the same run, on the same rows and
the same server. The ratio counts, not the seconds. `make bench` runs it;
docs/performance.md keeps the figures seen and says where the time goes.
"""
