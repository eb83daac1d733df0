-- {"kind": "percent", "percent": 70}
((("credit_limit" // 1000000) * 700000) + ((("credit_limit" % 1000000) * 700000) // 1000000))

-- {"kind": "percent", "percent": 33.3333}
((("credit_limit" // 1000000) * 333333) + ((("credit_limit" % 1000000) * 333333) // 1000000))

-- {"kind": "amount", "amount": 1234.56}
CAST(123456 AS BIGINT)

-- {"kind": "income_multiple", "multiple": 1.5}
((("income_monthly" // 1000000) * 1500000) + ((("income_monthly" % 1000000) * 1500000) // 1000000))

-- {"kind": "matrix", "rows": {"field": "score", "edges": [350, 600, 950]}, "cells_are": "percent", "cells": [[50], [null]]}
(CASE WHEN (((("score" >= 350000000)) AND (("score" < 600000000))) AND TRUE) THEN ((("credit_limit" // 1000000) * 500000) + ((("credit_limit" % 1000000) * 500000) // 1000000)) ELSE CAST(NULL AS BIGINT) END)

-- {"kind": "matrix", "rows": {"field": "score", "edges": [350, 600, 950]}, "columns": {"field": "days_past_due", "edges": [0, 30, 90]}, "cells_are": "amount", "cells": [[1000, 500], [null, 2000]]}
(CASE WHEN (((("score" >= 350000000)) AND (("score" < 600000000))) AND ((("days_past_due" >= 0)) AND (("days_past_due" < 30)))) THEN CAST(100000 AS BIGINT) WHEN (((("score" >= 350000000)) AND (("score" < 600000000))) AND ((("days_past_due" >= 30)) AND (("days_past_due" < 90)))) THEN CAST(50000 AS BIGINT) WHEN (((("score" >= 600000000)) AND (("score" < 950000000))) AND ((("days_past_due" >= 30)) AND (("days_past_due" < 90)))) THEN CAST(200000 AS BIGINT) ELSE CAST(NULL AS BIGINT) END)
