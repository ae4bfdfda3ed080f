"""Great Expectations of our own: whether the reconciliations of a dataset are sound in themselves.

Importing this imports Great Expectations, which takes seconds: only `suites.py` does, when the gate
is asked for.
"""

from decimal import Decimal
from typing import Any, ClassVar, Final

import pandas as pd
from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import (
    ColumnMapExpectation,
    MulticolumnMapExpectation,
)
from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
    column_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.column_map_metric_provider import (
    ColumnMapMetricProvider,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (  # noqa: E501 -- a path
    multicolumn_condition_partial,
)
from great_expectations.expectations.metrics.map_metric_provider.multicolumn_map_metric_provider import (  # noqa: E501 -- a path
    MulticolumnMapMetricProvider,
)

from validate.suite_rules import MONEY_MEASURES

_STEP: Final = Decimal("0.000002")
"""Three numbers of six decimals, each rounded for itself, may be off by this."""
_DOMAIN: Final = (
    "batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if",
)  # fmt: skip
_HELD: Final = ("exact", "within_rounding")
_FAILED: Final = ("mismatch", "unlikely_rounding")


class _OutcomeHolds(ColumnMapMetricProvider):
    condition_metric_name = "column_values.relation_holds"

    @column_condition_partial(engine=PandasExecutionEngine)
    def _pandas(cls, column: "pd.Series[str]", **_: Any) -> "pd.Series[bool]":
        return column.isin(_HELD)


class ExpectRelationsToHold(ColumnMapExpectation):
    """Expect most relations of one kind to hold, exactly or within rounding."""

    map_metric = "column_values.relation_holds"


class _Reckoned(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.are_reckoned"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ()

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> "pd.Series[bool]":
        return pd.Series(
            [_is_reckoned(*row) for row in column_list.itertuples(index=False)],
            index=column_list.index,
            dtype=bool,
        )


def _is_reckoned(
    kind: str,
    outcome: str,
    printed: Decimal | None,
    computed: Decimal | None,
    difference: Decimal | None,
) -> bool:
    """Tell whether the numbers of a check agree with each other and with its outcome."""
    if printed is None or computed is None or difference is None:
        return True
    if abs(printed - computed - difference) > _STEP:
        return False
    if outcome == "exact":
        return difference == 0 or kind == "part_of_whole"
    return difference != 0 or outcome not in _FAILED


class ExpectChecksToBeReckoned(MulticolumnMapExpectation):
    """Expect printed less computed to be the difference, and the outcome to say the same."""

    map_metric = "multicolumn_values.are_reckoned"
    args_keys = ("column_list",)
    columns_of_ours: ClassVar = ("kind", "outcome", "printed", "computed", "difference")


class _StateTells(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.state_tells_the_value"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ()

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> "pd.Series[bool]":
        is_number, has_value = column_list["state"] == "number", column_list["value"].notna()
        return (is_number == has_value) | (is_number & (column_list["note"].fillna("") != ""))


class ExpectStateToTellTheValue(MulticolumnMapExpectation):
    """Expect dashes, blanks and 미정 to be null, and a number to be one unless a note says why."""

    map_metric = "multicolumn_values.state_tells_the_value"
    args_keys = ("column_list",)
    columns_of_ours: ClassVar = ("state", "value", "note")


class _MoneyIsWon(MulticolumnMapMetricProvider):
    condition_metric_name = "multicolumn_values.money_is_won"
    condition_domain_keys = _DOMAIN
    condition_value_keys = ()

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> "pd.Series[bool]":
        is_money = column_list["measure"].isin(MONEY_MEASURES)
        unit = column_list["value_unit"]
        return ~is_money | unit.isna() | (unit == "won")


class ExpectMoneyToBeInWon(MulticolumnMapExpectation):
    """Expect what measures money to be in won, or to have no unit where none is printed."""

    map_metric = "multicolumn_values.money_is_won"
    args_keys = ("column_list",)
    columns_of_ours: ClassVar = ("measure", "value_unit")


EXPECTATIONS: Final = (ExpectChecksToBeReckoned, ExpectStateToTellTheValue, ExpectMoneyToBeInWon)
"""Those that hold for every row; the columns that each looks at stand in `columns_of_ours`."""
