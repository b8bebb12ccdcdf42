-- Who a tip-off or payout is known to be of although its current row does not say: one row per kind
-- and record. Personal columns go back blank on a return sheet (原件留存，不必重填), and a blank says
-- nothing: the latest version that named somebody still does. A row that was rejected stands in no
-- version; its person is tied to it by the number alone, and comes after what was taken in.
WITH named AS (
    SELECT
        'tipoffs' AS kind,
        v.record_key,
        l.reporter_id AS person_id,
        1 AS weight,
        v.delivered_on,
        v.content_hash,
        v.row_id AS place
    FROM landed_tipoffs AS l
    JOIN versions AS v ON v.row_id = l.row_id AND v.version_count > 1
    WHERE l.reporter_id IS NOT NULL
    UNION ALL
    SELECT
        'payouts' AS kind,
        v.record_key,
        l.payee_id AS person_id,
        1 AS weight,
        v.delivered_on,
        v.content_hash,
        v.row_id AS place
    FROM landed_payouts AS l
    JOIN versions AS v ON v.row_id = l.row_id AND v.version_count > 1
    WHERE l.payee_id IS NOT NULL
    UNION ALL
    SELECT
        CASE WHEN h.number_kind = 'payout_no' THEN 'payouts' ELSE 'tipoffs' END AS kind,
        h.subject_no AS record_key,
        h.person_id,
        2 AS weight,
        h.delivered_on,
        h.content_hash,
        concat(h.sheet, '|', CAST(h.row_no AS STRING)) AS place
    FROM held AS h
    JOIN run AS r ON h.delivered_on <= r.as_of_on
),

ranked AS (
    SELECT
        n.kind,
        n.record_key,
        n.person_id,
        row_number() OVER (
            PARTITION BY n.kind, n.record_key
            ORDER BY
                n.weight NULLS LAST, n.delivered_on DESC NULLS LAST,
                n.content_hash NULLS LAST, n.place NULLS LAST
        ) AS recency
    FROM named AS n
)

SELECT
    kind,
    record_key,
    person_id
FROM ranked
WHERE recency = 1
ORDER BY kind NULLS LAST, record_key NULLS LAST
