-- One row per handling step: its current version. Steps have no number of their own, so a wrong
-- one is re-delivered, not corrected.
SELECT
    l.row_id,
    l.content_hash,
    l.sheet,
    l.row_no,
    l.record_key,
    l.row_hash,
    l.subject_kind,
    l.subject_no,
    l.step,
    l.happened_at,
    l.is_day_only,
    l.unit,
    l.handled_by,
    l.level,
    l.to_unit,
    l.outcome,
    l.note,
    l.due_on,
    l.reason,
    l.document_no,
    l.penalty_no,
    l.penalty_yuan,
    l.penalty_force,
    l.satisfaction,
    l.evidence_ref,
    l.remark,
    v.first_received_on AS received_on,
    v.sender
FROM landed_progress AS l
JOIN versions AS v ON v.row_id = l.row_id AND v.is_current
ORDER BY l.subject_no NULLS LAST, l.happened_at NULLS LAST, l.row_id NULLS LAST
