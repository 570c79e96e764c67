"""Whether any step takes more memory for ten times the electors."""

from collections.abc import Mapping

from bench.measures import Goal, Measured

GOAL = Goal("ratio", 1.1)  # the same, give or take what a machine's allocator does


def memory_growth(
    whole: Mapping[str, Measured], tenth: Mapping[str, Measured]
) -> Measured:
    """The step that grew most: its peak beside that on a tenth of the region."""
    grown = {
        name: (one.peak_mb / tenth[name].peak_mb, name)
        for name, one in whole.items()
        if one.peak_mb and name in tenth and tenth[name].peak_mb
    }
    if not grown:
        return Measured(note="this system does not tell", goal=GOAL)
    ratio, worst = max(grown.values())
    before, after = tenth[worst].peak_mb, whole[worst].peak_mb
    return Measured(
        ratio=ratio,
        peak_mb=max(one.peak_mb or 0 for one in whole.values()),
        goal=GOAL,
        note=f"most in {worst}: {before:,.0f} MB at a tenth, {after:,.0f} MB at all",
        more={
            "peaks": {name: one.peak_mb for name, one in whole.items()},
            "peaks_of_a_tenth": {name: one.peak_mb for name, one in tenth.items()},
        },
    )
