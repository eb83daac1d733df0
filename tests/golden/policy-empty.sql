SELECT
  *,
  (((NOT ("~scenario.slot" < 0)) AND (("~scenario.slot" < 0))) AND ("~scenario.new_limit" < "credit_limit")) AS "~scenario.cut",
  CAST((5) AS UTINYINT) AS "~scenario.outcome",
  CAST(0 AS UTINYINT) AS "~scenario.fires",
  CAST(0 AS UTINYINT) AS "~scenario.restricts",
  CAST(0 AS UTINYINT) AS "~scenario.bites",
  CAST(0 AS UTINYINT) AS "~scenario.unknown",
  (CASE WHEN ("~scenario.slot" < 0) THEN 0 ELSE GREATEST("~scenario.new_limit" - "balance", 0) END) AS "~scenario.undrawn",
  (CASE WHEN ("~scenario.slot" < 0) THEN 0 ELSE GREATEST("~scenario.new_limit" - "balance", 0) END) AS "~scenario.user_undrawn"
FROM (
SELECT
  *,
  CAST((0) AS UTINYINT) AS "~scenario.slot"
FROM (
SELECT
  *,
  "credit_limit" AS "~scenario.new_limit"
FROM (
SELECT
  *
FROM accounts
) AS source
) AS source
) AS source
