-- mislevellist: one row per incident inside the district whose stated level is not the computed
-- one, in the month it happened.
SELECT
  d.month_on,
  m.incident_no,
  m.category,
  m.subcategory,
  CAST(m.happened_at AS DATE) AS happened_on,
  m.level_stated,
  m.level_computed,
  m.difference,
  m.criterion,
  m.figure,
  m.threshold,
  m.unknown,
  m.source,
  m.restated_until_on
FROM mislevels m
JOIN days d ON d.day_on = CAST(m.happened_at AS DATE)
WHERE NOT m.is_outside
ORDER BY d.month_on NULLS LAST, m.incident_no NULLS LAST
