package io.terrafleet.api.cost;

import java.time.YearMonth;

/**
 * What is asked of spending.
 *
 * @param days how far back movers and changes look
 */
record CostQuestion(Grouping grouping, YearMonth from, YearMonth to, CostScope scope, int days) {}
