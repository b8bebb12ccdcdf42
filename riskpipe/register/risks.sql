-- One row per finding that tells of a risk assessment: the value, level and colour that its own
-- factors give, beside the stated ones; differences are named, none is repaired. D = L×E×C where
-- L, E and C are given, R = L×S where L and S are and neither E nor C; anything less gives no
-- value. Bands are riskbands.csv. Not the hazard's grade, not an incident's level.
WITH assessed AS (
    SELECT
        f.row_id,
        f.finding_no,
        f.item_no,
        f.street,
        f.sender,
        f.likelihood,
        f.exposure,
        f.consequence,
        f.severity,
        f.risk_value_stated,
        f.risk_level_stated,
        f.risk_colour_stated,
        CASE
            WHEN f.exposure IS NOT NULL OR f.consequence IS NOT NULL THEN 'LEC'
            WHEN f.severity IS NOT NULL THEN 'LS'
        END AS method,
        CAST(f.likelihood AS DECIMAL(8, 2)) AS l,
        CAST(f.exposure AS DECIMAL(8, 2)) AS e,
        CAST(f.consequence AS DECIMAL(8, 2)) AS c,
        CAST(f.severity AS DECIMAL(8, 2)) AS s
    FROM findings AS f
    WHERE COALESCE(
        f.likelihood, f.exposure, f.consequence, f.severity, f.risk_value_stated
    ) IS NOT NULL
        OR f.risk_level_stated IS NOT NULL
        OR f.risk_colour_stated IS NOT NULL
),

valued AS (
    SELECT
        a.*,
        CAST(CASE a.method
            WHEN 'LEC' THEN a.l * a.e * a.c
            WHEN 'LS' THEN a.l * a.s
        END AS DECIMAL(18, 4)) AS risk_value
    FROM assessed AS a
),

banded AS (
    SELECT
        v.row_id,
        b.band_id,
        b.risk_level,
        b.risk_colour,
        row_number() OVER (
            PARTITION BY v.row_id
            ORDER BY b.min_value DESC NULLS LAST, b.band_id NULLS LAST
        ) AS place
    FROM valued AS v
    JOIN riskbands AS b
        ON b.method = v.method
        AND (v.risk_value > b.min_value OR (b.is_min_included AND v.risk_value = b.min_value))
),

pairs AS (
    SELECT DISTINCT risk_level, risk_colour FROM riskbands
)

SELECT
    v.row_id,
    v.finding_no,
    v.item_no,
    v.street,
    v.sender,
    v.method,
    v.likelihood,
    v.exposure,
    v.consequence,
    v.severity,
    CAST(v.risk_value AS DOUBLE) AS risk_value,
    v.risk_value_stated,
    b.band_id,
    b.risk_level,
    v.risk_level_stated,
    b.risk_colour,
    v.risk_colour_stated,
    NULLIF(CONCAT_WS(
        '、',
        CASE
            WHEN v.risk_value <> CAST(v.risk_value_stated AS DECIMAL(18, 4)) THEN '风险值不符'
        END,
        CASE WHEN v.risk_level_stated <> b.risk_level THEN '风险等级不符' END,
        CASE WHEN v.risk_colour_stated <> b.risk_colour THEN '风险颜色不符' END,
        CASE
            WHEN v.risk_level_stated IS NOT NULL AND v.risk_colour_stated IS NOT NULL
                AND p.risk_level IS NULL THEN '等级与颜色不配'
        END
    ), '') AS difference
FROM valued AS v
LEFT JOIN banded AS b ON b.row_id = v.row_id AND b.place = 1
LEFT JOIN pairs AS p
    ON p.risk_level = v.risk_level_stated AND p.risk_colour = v.risk_colour_stated
ORDER BY v.finding_no NULLS LAST, v.item_no NULLS LAST, v.row_id NULLS LAST
