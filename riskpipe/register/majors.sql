-- One row per major hazard on file: its current version, corrections applied.
WITH patches AS (
    SELECT
        subject_no,
        MAX(CASE WHEN column_name = 'unit_name' THEN 1 ELSE 0 END) AS has_unit_name,
        MAX(CASE WHEN column_name = 'unit_name' THEN new_text END) AS unit_name,
        MAX(CASE WHEN column_name = 'standard' THEN 1 ELSE 0 END) AS has_standard,
        MAX(CASE WHEN column_name = 'standard' THEN new_text END) AS standard,
        MAX(CASE WHEN column_name = 'found_on' THEN 1 ELSE 0 END) AS has_found_on,
        MAX(CASE WHEN column_name = 'found_on' THEN new_day END) AS found_on,
        MAX(CASE WHEN column_name = 'funds_yuan' THEN 1 ELSE 0 END) AS has_funds_yuan,
        MAX(CASE WHEN column_name = 'funds_yuan' THEN new_money END) AS funds_yuan,
        MAX(CASE WHEN column_name = 'due_on' THEN 1 ELSE 0 END) AS has_due_on,
        MAX(CASE WHEN column_name = 'due_on' THEN new_day END) AS due_on,
        MAX(CASE WHEN column_name = 'emergency_plan' THEN 1 ELSE 0 END) AS has_emergency_plan,
        MAX(CASE WHEN column_name = 'emergency_plan' THEN new_text END) AS emergency_plan,
        MAX(CASE WHEN column_name = 'regulator' THEN 1 ELSE 0 END) AS has_regulator,
        MAX(CASE WHEN column_name = 'regulator' THEN new_text END) AS regulator,
        MAX(CASE WHEN column_name = 'document_no' THEN 1 ELSE 0 END) AS has_document_no,
        MAX(CASE WHEN column_name = 'document_no' THEN new_text END) AS document_no,
        MAX(CASE WHEN column_name = 'shutdown' THEN 1 ELSE 0 END) AS has_shutdown,
        MAX(CASE WHEN column_name = 'shutdown' THEN new_text END) AS shutdown,
        MAX(CASE WHEN column_name = 'supervision' THEN 1 ELSE 0 END) AS has_supervision,
        MAX(CASE WHEN column_name = 'supervision' THEN new_text END) AS supervision,
        MAX(CASE WHEN column_name = 'supervision_no' THEN 1 ELSE 0 END) AS has_supervision_no,
        MAX(CASE WHEN column_name = 'supervision_no' THEN new_text END) AS supervision_no,
        MAX(CASE WHEN column_name = 'extended_to_on' THEN 1 ELSE 0 END) AS has_extended_to_on,
        MAX(CASE WHEN column_name = 'extended_to_on' THEN new_day END) AS extended_to_on,
        MAX(CASE WHEN column_name = 'rechecked_on' THEN 1 ELSE 0 END) AS has_rechecked_on,
        MAX(CASE WHEN column_name = 'rechecked_on' THEN new_day END) AS rechecked_on,
        MAX(CASE WHEN column_name = 'recheck_no' THEN 1 ELSE 0 END) AS has_recheck_no,
        MAX(CASE WHEN column_name = 'recheck_no' THEN new_text END) AS recheck_no,
        MAX(CASE WHEN column_name = 'delisted_on' THEN 1 ELSE 0 END) AS has_delisted_on,
        MAX(CASE WHEN column_name = 'delisted_on' THEN new_day END) AS delisted_on
    FROM amendments
    WHERE kind = 'majors' AND is_applied
    GROUP BY subject_no
)

SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.finding_no,
    CASE WHEN p.has_unit_name = 1 THEN p.unit_name ELSE l.unit_name END AS unit_name,
    l.hazard_name,
    CASE WHEN p.has_standard = 1 THEN p.standard ELSE l.standard END AS standard,
    CASE WHEN p.has_found_on = 1 THEN p.found_on ELSE l.found_on END AS found_on,
    l.measures,
    CASE WHEN p.has_funds_yuan = 1 THEN p.funds_yuan ELSE l.funds_yuan END AS funds_yuan,
    l.responsible_person,
    CASE WHEN p.has_due_on = 1 THEN p.due_on ELSE l.due_on END AS due_on,
    CASE WHEN p.has_emergency_plan = 1 THEN p.emergency_plan ELSE l.emergency_plan END AS emergency_plan,
    CASE WHEN p.has_regulator = 1 THEN p.regulator ELSE l.regulator END AS regulator,
    l.regulator_person,
    CASE WHEN p.has_document_no = 1 THEN p.document_no ELSE l.document_no END AS document_no,
    CASE WHEN p.has_shutdown = 1 THEN p.shutdown ELSE l.shutdown END AS shutdown,
    CASE WHEN p.has_supervision = 1 THEN p.supervision ELSE l.supervision END AS supervision,
    CASE WHEN p.has_supervision_no = 1 THEN p.supervision_no ELSE l.supervision_no END AS supervision_no,
    CASE WHEN p.has_extended_to_on = 1 THEN p.extended_to_on ELSE l.extended_to_on END AS extended_to_on,
    CASE WHEN p.has_rechecked_on = 1 THEN p.rechecked_on ELSE l.rechecked_on END AS rechecked_on,
    CASE WHEN p.has_recheck_no = 1 THEN p.recheck_no ELSE l.recheck_no END AS recheck_no,
    CASE WHEN p.has_delisted_on = 1 THEN p.delisted_on ELSE l.delisted_on END AS delisted_on,
    l.remark,
    v.first_received_on AS received_on,
    v.sender
FROM landed_majors AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
LEFT JOIN patches AS p ON p.subject_no = l.finding_no
ORDER BY l.finding_no NULLS LAST, l.row_id NULLS LAST
