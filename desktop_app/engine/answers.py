"""Requests in, answers out: the one door through which scans are asked for."""

from __future__ import annotations

from typing import assert_never

from desktop_app.domain.handles import SizeHandle
from desktop_app.domain.indexing import IndexRequest, SurfaceRequest
from desktop_app.domain.movements import MovementsRequest
from desktop_app.domain.recorded import RecordedRequest
from desktop_app.domain.requests import (
    Answer,
    EvaluateRequest,
    HistogramRequest,
    LabelCountsRequest,
    Request,
    RuleHitsRequest,
)
from desktop_app.domain.rule_effects import RuleEffectsRequest
from desktop_app.domain.variants import VariantsRequest
from desktop_app.domain.watch import Watch
from desktop_app.engine.connection import Connection
from desktop_app.engine.evaluate import evaluate
from desktop_app.engine.histogram import histogram
from desktop_app.engine.index import index_sums
from desktop_app.engine.label_counts import label_counts
from desktop_app.engine.movements import movements
from desktop_app.engine.prepare import Prepared
from desktop_app.engine.recorded import recorded_check
from desktop_app.engine.rule_effects import rule_effects
from desktop_app.engine.rule_hits import rule_hits
from desktop_app.engine.sizes import size_sums
from desktop_app.engine.surface import surface_sums
from desktop_app.engine.variants import variants


def answer(cursor: Connection, prepared: Prepared, request: Request, watch: Watch) -> Answer:
    """The answer to any request; raises Problem where there is none and Cancelled where it is no longer wanted."""
    match request:
        case EvaluateRequest():
            return evaluate(cursor, prepared, request, watch)
        case HistogramRequest():
            return histogram(cursor, prepared, request, watch)
        case IndexRequest(handle=SizeHandle()):
            return size_sums(cursor, prepared, request, watch)
        case IndexRequest():
            return index_sums(cursor, prepared, request, watch)
        case SurfaceRequest():
            return surface_sums(cursor, prepared, request, watch)
        case VariantsRequest():
            return variants(cursor, prepared, request, watch)
        case RuleHitsRequest():
            return rule_hits(cursor, prepared, request, watch)
        case RuleEffectsRequest():
            return rule_effects(cursor, prepared, request, watch)
        case MovementsRequest():
            return movements(cursor, prepared, request, watch)
        case RecordedRequest():
            return recorded_check(cursor, prepared, request, watch)
        case LabelCountsRequest():
            return label_counts(cursor, prepared, request, watch)
        case _:
            assert_never(request)
