package io.terrafleet.api.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * A chart of bars, in SVG units. Beside it the same numbers stand as a table, for those who do not see it.
 *
 * @param width of the whole chart
 */
public record Bars(List<Bar> bars, int width) {
    /** Of the highest bar. */
    public static final int HEIGHT = 96;

    private static final int STEP = 44;
    private static final int THICK = 28;

    /**
     * @param label below the bar, for example {@code Jun}
     * @param amount for people
     * @param open whether the bar is of a month that is not over
     */
    public record Bar(int x, int y, int width, int height, int middle, String label, String amount, boolean open) {}

    /** What one bar shows. */
    record Value(String label, BigDecimal value, String amount, boolean open) {}

    static Bars of(List<Value> values) {
        BigDecimal most = values.stream().map(Value::value).reduce(BigDecimal.ZERO, BigDecimal::max);
        List<Bar> bars = new java.util.ArrayList<>(values.size());
        for (Value value : values) {
            int x = bars.size() * STEP;
            int height = most.signum() == 0
                    ? 0
                    : value.value()
                            .multiply(BigDecimal.valueOf(HEIGHT))
                            .divide(most, 0, RoundingMode.HALF_UP)
                            .intValue();
            int shown = value.value().signum() > 0 ? Math.max(height, 1) : 0;
            bars.add(new Bar(
                    x + (STEP - THICK) / 2,
                    HEIGHT - shown,
                    THICK,
                    shown,
                    x + STEP / 2,
                    value.label(),
                    value.amount(),
                    value.open()));
        }
        return new Bars(List.copyOf(bars), Math.max(STEP, values.size() * STEP));
    }

    public boolean isEmpty() {
        return bars.stream().allMatch(bar -> bar.height() == 0);
    }
}
