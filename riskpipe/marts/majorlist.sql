-- majorlist: one row per major hazard on the list, with its ledger state and which of the five
-- securings (措施、资金、责任、时限、预案) are filled. No person is named: the list is printed.
WITH ledger AS (
  SELECT
    f.finding_no,
    f.street,
    f.state,
    x.rectified_on,
    x.signed_off_on,
    row_number() OVER (
      PARTITION BY f.finding_no ORDER BY f.item_no NULLS LAST, f.row_id NULLS LAST
    ) AS item
  FROM findings f
  -- A number may be the one that another ledger's number of the same hazard stands for.
  LEFT JOIN links k ON k.row_id = f.row_id
  LEFT JOIN states s ON s.hazard_id = k.hazard_id
  JOIN discoveries x ON x.row_id = COALESCE(s.row_id, f.row_id)
),
listed AS (
  SELECT
    m.*,
    COALESCE(m.extended_to_on, m.due_on) AS limit_on,
    l.street,
    COALESCE(l.state, CASE WHEN l.finding_no IS NULL THEN '台账无此号' ELSE '状态未填' END)
      AS ledger_state,
    l.rectified_on,
    m.delisted_on IS NULL AND l.signed_off_on IS NULL AS is_open
  FROM majors m
  LEFT JOIN ledger l ON l.finding_no = m.finding_no AND l.item = 1
)
SELECT
  m.finding_no,
  m.unit_name,
  m.hazard_name,
  COALESCE(m.street, '街道不明') AS street,
  m.standard,
  m.found_on,
  m.limit_on AS due_on,
  m.regulator,
  m.supervision,
  m.supervision_no,
  m.shutdown,
  m.measures IS NOT NULL AS has_measures,
  m.funds_yuan IS NOT NULL AS has_funds,
  m.responsible_person IS NOT NULL AS has_person,
  m.due_on IS NOT NULL AS has_due,
  m.emergency_plan IS NOT NULL AS has_plan,
  CAST(
    CASE WHEN m.measures IS NOT NULL THEN 1 ELSE 0 END
    + CASE WHEN m.funds_yuan IS NOT NULL THEN 1 ELSE 0 END
    + CASE WHEN m.responsible_person IS NOT NULL THEN 1 ELSE 0 END
    + CASE WHEN m.due_on IS NOT NULL THEN 1 ELSE 0 END
    + CASE WHEN m.emergency_plan IS NOT NULL THEN 1 ELSE 0 END
    AS BIGINT
  ) AS secured_count,
  m.ledger_state AS state,
  m.delisted_on,
  m.is_open,
  CASE WHEN m.is_open THEN days_between(m.found_on, r.as_of_on) END AS open_days,
  COALESCE(m.is_open AND m.rectified_on IS NULL AND m.limit_on < r.as_of_on, FALSE) AS is_overdue
FROM listed m
CROSS JOIN run r
ORDER BY m.finding_no NULLS LAST
