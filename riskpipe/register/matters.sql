-- One row per supervised matter: its current version, corrections applied.
WITH patches AS (
    SELECT
        subject_no,
        MAX(CASE WHEN column_name = 'responsible_unit' THEN 1 ELSE 0 END) AS has_responsible_unit,
        MAX(CASE WHEN column_name = 'responsible_unit' THEN new_text END) AS responsible_unit,
        MAX(CASE WHEN column_name = 'due_on' THEN 1 ELSE 0 END) AS has_due_on,
        MAX(CASE WHEN column_name = 'due_on' THEN new_day END) AS due_on,
        MAX(CASE WHEN column_name = 'answered_on' THEN 1 ELSE 0 END) AS has_answered_on,
        MAX(CASE WHEN column_name = 'answered_on' THEN new_day END) AS answered_on,
        MAX(CASE WHEN column_name = 'state' THEN 1 ELSE 0 END) AS has_state,
        MAX(CASE WHEN column_name = 'state' THEN new_text END) AS state,
        MAX(CASE WHEN column_name = 'related_no' THEN 1 ELSE 0 END) AS has_related_no,
        MAX(CASE WHEN column_name = 'related_no' THEN new_text END) AS related_no
    FROM amendments
    WHERE kind = 'matters' AND is_applied
    GROUP BY subject_no
)

SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.matter_no,
    l.matter_source,
    l.source_ref,
    l.leader_post,
    l.assigned_on,
    l.matter,
    CASE WHEN p.has_responsible_unit = 1 THEN p.responsible_unit ELSE l.responsible_unit END AS responsible_unit,
    l.assisting_units,
    CASE WHEN p.has_due_on = 1 THEN p.due_on ELSE l.due_on END AS due_on,
    l.handling,
    CASE WHEN p.has_answered_on = 1 THEN p.answered_on ELSE l.answered_on END AS answered_on,
    CASE WHEN p.has_state = 1 THEN p.state ELSE l.state END AS state,
    CASE WHEN p.has_related_no = 1 THEN p.related_no ELSE l.related_no END AS related_no,
    v.first_received_on AS received_on,
    v.sender
FROM landed_matters AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
LEFT JOIN patches AS p ON p.subject_no = l.matter_no
ORDER BY l.matter_no NULLS LAST, l.row_id NULLS LAST
