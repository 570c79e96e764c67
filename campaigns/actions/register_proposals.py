"""Uncertain matches of an import, kept for a person to decide."""

from campaigns.actions.register_steps import Step

PER_PERSON = 3  # the likeliest candidates kept for one person
FROM_HOMES = """
INSERT INTO campaigns_matchproposal (
    organisation_id, council_id, edition_id, older_id, newer_id, kind, score, evidence,
    state, decided_by)
SELECT %(organisation)s, %(council)s, %(edition)s, perhaps.elector_id,
       result.elector_id, perhaps.kind, perhaps.score,
       to_jsonb(string_to_array(perhaps.evidence, chr(10))), 'open', ''
FROM perhaps
JOIN result USING (line)
JOIN campaigns_elector AS older ON older.id = perhaps.elector_id
WHERE result.is_new AND NOT older.on_register
ON CONFLICT DO NOTHING
"""
# The same name elsewhere in the council: somebody who left may have moved there. Names
# compare in byte order, in which a space comes before any letter and `!` between them:
# so an update finds its few by index. The same said as equality lets a full register
# hash them.
MOVED = """
WITH fresh AS (
    SELECT elector_id AS id, name_key, attains_on,
           concat_ws(' ', split_part(name_key, ' ', 1),
                     split_part(name_key, ' ', 2)) AS short
    FROM result
    WHERE is_new AND NOT is_anonymous
), candidate AS (
    SELECT fresh.id AS newer, gone.id AS older, short,
           CASE WHEN gone.name_key <> fresh.name_key THEN 0.4
                WHEN gone.name_key = short THEN 0.5 ELSE 0.7 END
         + CASE WHEN gone.attains_on = fresh.attains_on THEN 0.1 ELSE 0 END AS score,
           gone.name_key = fresh.name_key AND gone.name_key <> short AS same_middle,
           departing.elector_id IS NOT NULL AS left_now
    FROM fresh
    JOIN campaigns_elector AS gone
      ON gone.organisation_id = %(organisation)s AND gone.council_id = %(council)s
     AND NOT gone.on_register
     AND gone.name_key ~>=~ fresh.short AND gone.name_key ~<~ (fresh.short || '!')
     AND concat_ws(' ', split_part(gone.name_key, ' ', 1),
                   split_part(gone.name_key, ' ', 2)) = fresh.short
    LEFT JOIN departing ON departing.elector_id = gone.id
    WHERE NOT gone.is_anonymous AND gone.merged_into_id IS NULL
      AND gone.surname <> '' AND gone.forename <> ''
      AND (fresh.attains_on IS NULL OR fresh.attains_on = gone.attains_on)
      AND (gone.name_key = fresh.short OR fresh.name_key = fresh.short
           OR substr(gone.name_key, length(fresh.short) + 2, 1)
            = substr(fresh.name_key, length(fresh.short) + 2, 1))
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY newer
                                 ORDER BY score DESC, left_now DESC, older DESC) AS nth
    FROM candidate
)
INSERT INTO campaigns_matchproposal (
    organisation_id, council_id, edition_id, older_id, newer_id, kind, score, evidence,
    state, decided_by)
SELECT %(organisation)s, %(council)s, %(edition)s, older, newer, 'moved', score,
       to_jsonb(array_remove(ARRAY[
           'Same surname and forename', 'Another address',
           CASE WHEN same_middle THEN 'Same middle names' END,
           CASE WHEN left_now THEN 'Left the register in this file' END], NULL)),
       'open', ''
FROM ranked WHERE nth <= %(per_person)s
ON CONFLICT DO NOTHING
"""
UNCERTAIN = """
SELECT count(DISTINCT newer_id) FROM campaigns_matchproposal
WHERE organisation_id = %(organisation)s AND edition_id = %(edition)s
"""


def propose(step: Step) -> int:
    """Returns how many new electors wait for somebody's decision."""
    step.run(FROM_HOMES)
    step.run(MOVED, per_person=PER_PERSON)
    return int(step.value(UNCERTAIN))
