-- violationcounts: one row per violated rule and street.
SELECT
  v.rule_id,
  v.rule_title,
  COALESCE(v.street, '街道不明') AS street,
  CAST(COUNT(*) AS BIGINT) AS violation_count
FROM violations v
GROUP BY v.rule_id, v.rule_title, COALESCE(v.street, '街道不明')
ORDER BY v.rule_id NULLS LAST, v.rule_title NULLS LAST, street NULLS LAST
