-- incidentcounts: one row per month, category, sub-category, stated level, computed level and
-- inside/outside. The two levels stand side by side; neither repairs the other.
WITH allowed AS (
  SELECT
    MAX(CASE WHEN limit_id = 'first_report' THEN minutes END) AS first_report,
    MAX(CASE WHEN limit_id = 'report_up' THEN minutes END) AS report_up
  FROM limits
),
labelled AS (
  SELECT
    d.month_on,
    i.category,
    COALESCE(i.subcategory, '未细分') AS subcategory,
    COALESCE(i.level_stated, '未定级') AS level_stated,
    COALESCE(i.level_computed, '未定级') AS level_computed,
    i.is_outside,
    i.deaths,
    i.missing,
    i.serious_injuries,
    i.minor_injuries,
    i.direct_loss_yuan,
    CASE
      WHEN minutes_between(i.happened_at, i.received_at) <= a.first_report THEN 1 ELSE 0
    END AS is_received_on_time,
    CASE WHEN i.reported_up_at IS NOT NULL THEN 1 ELSE 0 END AS is_reported_up,
    CASE
      WHEN minutes_between(i.consented_at, i.reported_up_at) <= a.report_up THEN 1 ELSE 0
    END AS is_reported_up_on_time
  FROM incidents i
  CROSS JOIN allowed a
  JOIN days d ON d.day_on = CAST(i.happened_at AS DATE)
)
SELECT
  month_on,
  category,
  subcategory,
  level_stated,
  level_computed,
  is_outside,
  CAST(COUNT(*) AS BIGINT) AS incident_count,
  CAST(COALESCE(SUM(deaths), 0) AS BIGINT) AS deaths,
  CAST(COALESCE(SUM(missing), 0) AS BIGINT) AS missing,
  CAST(COALESCE(SUM(serious_injuries), 0) AS BIGINT) AS serious_injuries,
  CAST(COALESCE(SUM(minor_injuries), 0) AS BIGINT) AS minor_injuries,
  CAST(COALESCE(SUM(direct_loss_yuan), 0) AS DECIMAL(14, 2)) AS direct_loss_yuan,
  CAST(COUNT(direct_loss_yuan) AS BIGINT) AS loss_known_count,
  CAST(SUM(is_received_on_time) AS BIGINT) AS received_on_time_count,
  CAST(SUM(is_reported_up) AS BIGINT) AS reported_up_count,
  CAST(SUM(is_reported_up_on_time) AS BIGINT) AS reported_up_on_time_count
FROM labelled
GROUP BY month_on, category, subcategory, level_stated, level_computed, is_outside
ORDER BY
  month_on NULLS LAST,
  category NULLS LAST,
  subcategory NULLS LAST,
  level_stated NULLS LAST,
  level_computed NULLS LAST,
  is_outside NULLS LAST
