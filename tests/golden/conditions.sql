-- {"field": "score", "operator": "<", "value": 600}
("score" < 600000000)

-- {"field": "score", "operator": "<=", "value": 599.5}
("score" <= 599500000)

-- {"field": "balance", "operator": ">", "value": 0.005}
("balance" > 0)

-- {"field": "balance", "operator": ">=", "value": 0.005}
("balance" >= 1)

-- {"field": "balance", "operator": "<", "value": 0.005}
("balance" < 1)

-- {"field": "balance", "operator": "<=", "value": 0.005}
("balance" <= 0)

-- {"field": "balance", "operator": "=", "value": 12.34}
("balance" = 1234)

-- {"field": "balance", "operator": "=", "value": 0.005}
(CASE WHEN ("balance" IS NULL) THEN NULL ELSE FALSE END)

-- {"field": "pd", "operator": ">=", "value": 0.05}
("pd" >= 50000)

-- {"field": "utilisation", "operator": ">", "value": 0.9}
("utilisation" > 9000)

-- {"field": "days_past_due", "operator": ">", "value": -1}
("days_past_due" > (-1))

-- {"field": "days_past_due", "operator": "in", "value": [30, 60]}
((("days_past_due" = 30)) OR (("days_past_due" = 60)))

-- {"field": "kyc_complete", "operator": "=", "value": false}
("kyc_complete" = FALSE)

-- {"field": "segment", "operator": "=", "value": "o'brien"}
("segment" = 'o''brien')

-- {"field": "segment", "operator": "=", "value": "unheard of"}
(CASE WHEN ("segment" IS NULL) THEN NULL ELSE FALSE END)

-- {"field": "segment", "operator": "in", "value": ["prime", "thin_file"]}
((("segment" = 'prime')) OR (("segment" = 'thin_file')))

-- {"field": "account_id", "operator": "=", "value": "00123"}
("account_id" = '00123')

-- {"field": "snapshot_date", "operator": "<", "value": "2026-06-30"}
("snapshot_date" < CAST('2026-06-30' AS DATE))

-- {"field": "score", "operator": "is missing"}
("score" IS NULL)

-- {"field": "score", "operator": "<", "value": 600, "by": {"column": "segment", "values": {"prime": 580, "thin_file": 640.5}}}
("score" < (CASE WHEN ("segment" = 'prime') THEN 580000000 WHEN ("segment" = 'thin_file') THEN 640500000 ELSE 600000000 END))

-- {"field": "score", "operator": "<", "value": 600, "by": {"column": "kyc_complete", "values": {"false": 640}}}
("score" < (CASE WHEN ("kyc_complete" = FALSE) THEN 640000000 ELSE 600000000 END))

-- {"all": [{"field": "score", "operator": "<", "value": 600}, {"field": "days_past_due", "operator": ">=", "value": 30}]}
(("score" < 600000000) AND ("days_past_due" >= 30))

-- {"any": [{"field": "score", "operator": "<", "value": 600}, {"field": "days_past_due", "operator": ">=", "value": 30}]}
(("score" < 600000000) OR ("days_past_due" >= 30))

-- {"not": {"field": "score", "operator": "<", "value": 600}}
(NOT ("score" < 600000000))

-- {"not": {"any": [{"all": [{"field": "score", "operator": "<", "value": 600}, {"field": "days_past_due", "operator": ">=", "value": 30}]}, {"field": "score", "operator": "is missing"}]}}
(NOT ((((("score" < 600000000)) AND (("days_past_due" >= 30)))) OR ((("score") IS NULL))))
