-- places: one row per month, sender, place type and street. A place is a street and a name;
-- found twice in a year it is first only once, so months add up to the year's places.
WITH ranked AS (
  SELECT
    x.month_on,
    x.sender,
    x.place_type,
    x.street,
    x.unit_name,
    row_number() OVER (
      PARTITION BY x.sender, x.year_on, x.street, x.unit_name
      ORDER BY x.found_on NULLS LAST, x.finding_no NULLS LAST, x.row_id NULLS LAST
    ) AS in_year,
    row_number() OVER (
      PARTITION BY x.sender, x.month_on, x.place_type, x.street, x.unit_name
      ORDER BY x.found_on NULLS LAST, x.finding_no NULLS LAST, x.row_id NULLS LAST
    ) AS in_month
  FROM discoveries x
)
SELECT
  month_on,
  sender,
  place_type,
  street,
  CAST(SUM(CASE WHEN unit_name IS NOT NULL AND in_month = 1 THEN 1 ELSE 0 END) AS BIGINT)
    AS place_count,
  CAST(SUM(CASE WHEN unit_name IS NOT NULL AND in_year = 1 THEN 1 ELSE 0 END) AS BIGINT)
    AS first_time_count,
  CAST(COUNT(*) AS BIGINT) AS hazard_count
FROM ranked
GROUP BY month_on, sender, place_type, street
ORDER BY
  month_on NULLS LAST, sender NULLS LAST, place_type NULLS LAST, street NULLS LAST
