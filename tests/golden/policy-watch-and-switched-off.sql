SELECT
  *,
  (((NOT ("~scenario.slot" < 0)) AND (("~scenario.slot" < 0))) AND ("~scenario.new_limit" < "credit_limit")) AS "~scenario.cut",
  CAST((CASE WHEN "~scenario.slot" < 1 THEN 4 ELSE 5 END) AS UTINYINT) AS "~scenario.outcome",
  (CASE WHEN (("~scenario.own0")) THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) AS "~scenario.fires",
  (CASE WHEN FALSE THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) AS "~scenario.restricts",
  (CASE WHEN FALSE THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) AS "~scenario.bites",
  (CASE WHEN "~scenario.unk0" THEN CAST(1 AS UTINYINT) ELSE CAST(0 AS UTINYINT) END) AS "~scenario.unknown",
  (CASE WHEN ("~scenario.slot" < 0) THEN 0 ELSE GREATEST("~scenario.new_limit" - "balance", 0) END) AS "~scenario.undrawn",
  (CASE WHEN ("~scenario.slot" < 0) THEN 0 ELSE GREATEST("~scenario.new_limit" - "balance", 0) END) AS "~scenario.user_undrawn"
FROM (
SELECT
  *,
  CAST((CASE WHEN "~scenario.own0" THEN 0 ELSE 1 END) AS UTINYINT) AS "~scenario.slot"
FROM (
SELECT
  *,
  "credit_limit" AS "~scenario.new_limit"
FROM (
SELECT
  *,
  "~scenario.if0" AS "~scenario.own0",
  ("~scenario.if0" IS NULL) AS "~scenario.unk0"
FROM (
SELECT
  *,
  ("score" < 600000000) AS "~scenario.if0"
FROM accounts
) AS source
) AS source
) AS source
) AS source
