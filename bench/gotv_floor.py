"""The floor of the lists: what is known of an elector denormalised into flat tables."""

from django.db import connection

from bench.scene import Scene

FLAT = """
DROP TABLE IF EXISTS bench_elector, bench_address, bench_district;
CREATE TABLE bench_elector AS
SELECT e.id, s.ward_id, s.polling_district_id AS pd_id, s.address_id,
       row_number() OVER (
           PARTITION BY s.ward_id
           ORDER BY s.polling_district_id, s.walk_position, e.id)::int AS walk_order,
       e.elector_number, e.title, e.forename, e.middle_names, e.surname, e.markers,
       e.attains_on, CASE WHEN s.pledged THEN 1 ELSE 9 END::smallint AS intention,
       s.voted_at,
       CASE WHEN s.is_current AND NOT s.is_anonymous AND s.eligible = 1
                 AND s.no_contact = 0 AND s.household_no_contact = 0
            THEN 0 ELSE 1 END::smallint AS status
FROM canvassing_electorstanding s JOIN campaigns_elector e ON e.id = s.elector_id
WHERE s.organisation_id = %(organisation)s AND s.campaign_id = %(campaign)s
ORDER BY e.id;
CREATE TABLE bench_address AS
SELECT id, printed, postcode FROM campaigns_address
WHERE organisation_id = %(organisation)s ORDER BY id;
CREATE TABLE bench_district AS
SELECT id, code FROM campaigns_pollingdistrict
WHERE organisation_id = %(organisation)s;
ALTER TABLE bench_elector ADD PRIMARY KEY (id);
ALTER TABLE bench_address ADD PRIMARY KEY (id);
ALTER TABLE bench_district ADD PRIMARY KEY (id);
CREATE INDEX bench_open ON bench_elector (ward_id, walk_order)
    WHERE intention = 1 AND voted_at IS NULL AND status = 0
"""
VACUUM = "VACUUM ANALYZE bench_elector, bench_address, bench_district"
QUERY = """
SELECT d.code, e.elector_number, e.forename, e.surname, a.printed, a.postcode
FROM bench_elector e
JOIN bench_district d ON d.id = e.pd_id
LEFT JOIN bench_address a ON a.id = e.address_id
WHERE {wards} e.intention = 1 AND e.voted_at IS NULL AND e.status = 0
ORDER BY e.ward_id, e.walk_order
"""
ALL_WARDS = QUERY.format(wards="")
ONE_WARD = QUERY.format(wards="e.ward_id = %s AND")


def make_flat_tables(scene: Scene) -> None:
    """From the rows of now; made again whenever those have changed."""
    campaign = scene.campaign
    facts = {"organisation": campaign.organisation_id, "campaign": campaign.pk}
    with connection.cursor() as cursor:
        for statement in FLAT.split(";"):
            cursor.execute(statement, facts)
        cursor.execute(VACUUM)


def copy_all_wards() -> int:
    """COPY of the reference query to this client; how many rows."""
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY ({ALL_WARDS}) TO STDOUT (FORMAT csv)") as copy:
            for _ in copy:
                pass
        return int(cursor.cursor.rowcount)
