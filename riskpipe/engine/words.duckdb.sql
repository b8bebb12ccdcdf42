-- Words that engines spell differently, for DuckDB. The same words: words.spark.sql.
CREATE TEMP MACRO days_between(a, b) AS CAST(CAST(b AS DATE) - CAST(a AS DATE) AS BIGINT);
CREATE TEMP MACRO days_after(d, n) AS CAST(CAST(d AS DATE) + CAST(n AS INTEGER) AS DATE);
CREATE TEMP MACRO year_before(d) AS CAST(CAST(d AS DATE) - INTERVAL 1 YEAR AS DATE);
CREATE TEMP MACRO month_before(d) AS CAST(CAST(d AS DATE) - INTERVAL 1 MONTH AS DATE);
CREATE TEMP MACRO month_after(d) AS CAST(CAST(d AS DATE) + INTERVAL 1 MONTH AS DATE);
CREATE TEMP MACRO minutes_between(a, b) AS CAST(floor((epoch_us(CAST(b AS TIMESTAMP)) - epoch_us(CAST(a AS TIMESTAMP))) / 60000000) AS BIGINT);
CREATE TEMP MACRO minutes_after(t, n) AS CAST(t AS TIMESTAMP) + to_minutes(CAST(n AS BIGINT));
