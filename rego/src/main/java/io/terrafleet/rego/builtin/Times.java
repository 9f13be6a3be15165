package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions on time: moments are nanoseconds since 1970 in UTC, alone or as {@code [ns, zone]}. */
final class Times {
    private static final BigInteger BILLION = BigInteger.valueOf(1_000_000_000L);
    private static final Pattern DURATION = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> UNITS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "μs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);

    private static final Pattern NEGATIVE_ZERO = Pattern.compile("-00(:?00)$");

    private Times() {}

    static void register(Builtins.Registry registry) {
        registry.add("time.now_ns", 0, o -> nanos(o, o.environment().now()));
        registry.add("time.parse_rfc3339_ns", 1, o -> parse(o, "RFC3339Nano", o.string(0)));
        registry.add("time.parse_ns", 2, o -> parse(o, o.string(0), o.string(1)));
        registry.add("time.parse_duration_ns", 1, Times::duration);
        registry.add("time.date", 1, Times::date);
        registry.add("time.clock", 1, Times::clock);
        registry.add("time.weekday", 1, Times::weekday);
        registry.add("time.add_date", 4, Times::addDate);
        registry.add("time.diff", 2, Times::diff);
        registry.add("time.format", 1, Times::format);
    }

    private static Value nanos(Operands o, Instant instant) {
        BigInteger nanos = BigInteger.valueOf(instant.getEpochSecond())
                .multiply(BILLION)
                .add(BigInteger.valueOf(instant.getNano()));
        if (nanos.bitLength() > 63) {
            throw o.failed("time outside of valid range");
        }
        return NumberValue.of(nanos);
    }

    private static Value parse(Operands o, String layout, String text) {
        try {
            String readable = NEGATIVE_ZERO.matcher(text).replaceFirst("+00$1");
            TemporalAccessor parsed = GoLayout.parser(layout).parse(readable);
            LocalDate date = parsed.query(TemporalQueries.localDate());
            if (date != null
                    && !isDayOf(date, GoLayout.parser(layout).parseUnresolved(readable, new ParsePosition(0)))) {
                throw new DateTimeException("day out of range");
            }
            LocalTime time = parsed.query(TemporalQueries.localTime());
            // Like Go, which does not guess what a zone's abbreviation means.
            ZoneId zone = GoLayout.namesZone(layout) ? ZoneOffset.UTC : parsed.query(TemporalQueries.zone());
            LocalDateTime local = LocalDateTime.of(
                    date == null ? LocalDate.of(0, 1, 1) : date, time == null ? LocalTime.MIDNIGHT : time);
            return nanos(o, local.atZone(zone == null ? ZoneOffset.UTC : zone).toInstant());
        } catch (DateTimeException e) {
            throw o.failed("parsing time " + new StringValue(text) + " as " + new StringValue(layout)
                    + ": cannot parse: " + e.getMessage());
        }
    }

    /** Whether the day is the one that was written: 30 February would become the 29th. */
    private static boolean isDayOf(LocalDate date, @Nullable TemporalAccessor written) {
        return written == null
                || !written.isSupported(ChronoField.DAY_OF_MONTH)
                || written.getLong(ChronoField.DAY_OF_MONTH) == date.getDayOfMonth();
    }

    private static Value duration(Operands o) {
        String text = o.string(0);
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return NumberValue.of(0);
        }
        BigDecimal total = BigDecimal.ZERO;
        int at = 0;
        Matcher matcher = DURATION.matcher(rest);
        while (matcher.find(at) && matcher.start() == at) {
            Long unit = UNITS.get(matcher.group(2));
            total = total.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit == null ? 0 : unit)));
            at = matcher.end();
            if (at == rest.length()) {
                break;
            }
        }
        if (rest.isEmpty() || at != rest.length()) {
            throw o.failed("time: invalid duration \"" + text + "\"");
        }
        BigInteger nanos = total.toBigInteger();
        if (nanos.bitLength() > 63) {
            throw o.failed("time: invalid duration \"" + text + "\"");
        }
        return NumberValue.of(negative ? nanos.negate() : nanos);
    }

    static ZonedDateTime moment(Operands o, int index) {
        Value value = o.at(index);
        Value nanos = value instanceof ArrayValue a && a.size() > 0 ? a.at(0) : value;
        String zone =
                value instanceof ArrayValue a && a.size() > 1 && a.at(1) instanceof StringValue s ? s.value() : "";
        if (!(nanos instanceof NumberValue number)) {
            throw o.wrong(index, "one of {number, array}");
        }
        if (!number.isLong()) {
            throw number.isInteger()
                    ? o.failed("timestamp too big")
                    : o.type(index, "must be integer number but got floating-point number");
        }
        try {
            Instant instant = Instant.EPOCH.plusNanos(number.longValue());
            return instant.atZone(ZoneId.of(zone.isEmpty() || zone.equals("Local") ? "UTC" : zone));
        } catch (DateTimeException e) {
            throw o.failed("unknown time zone " + zone);
        }
    }

    private static Value date(Operands o) {
        ZonedDateTime at = moment(o, 0);
        return numbers(at.getYear(), at.getMonthValue(), at.getDayOfMonth());
    }

    private static Value clock(Operands o) {
        ZonedDateTime at = moment(o, 0);
        return numbers(at.getHour(), at.getMinute(), at.getSecond());
    }

    private static Value numbers(int... numbers) {
        return ArrayValue.of(
                java.util.Arrays.stream(numbers).mapToObj(Value::of).toList());
    }

    private static Value weekday(Operands o) {
        return Value.of(moment(o, 0).getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    private static Value addDate(Operands o) {
        ZonedDateTime at = moment(o, 0);
        try {
            // Like Go: months first, days that do not exist spill into the next month.
            LocalDate first =
                    at.toLocalDate().withDayOfMonth(1).plusYears(o.integer(1)).plusMonths(o.integer(2));
            LocalDate day = first.plusDays(at.getDayOfMonth() - 1L).plusDays(o.integer(3));
            return nanos(o, at.toLocalTime().atDate(day).atZone(at.getZone()).toInstant());
        } catch (DateTimeException e) {
            throw o.failed("time outside of valid range");
        }
    }

    private static Value diff(Operands o) {
        ZonedDateTime a = moment(o, 0);
        ZonedDateTime b = moment(o, 1).withZoneSameInstant(a.getZone());
        ZonedDateTime early = a.isBefore(b) ? a : b;
        ZonedDateTime late = a.isBefore(b) ? b : a;
        Period period = Period.between(early.toLocalDate(), late.toLocalDate());
        LocalDateTime reached = early.toLocalDateTime().plus(period);
        if (reached.isAfter(late.toLocalDateTime())) {
            period = Period.between(early.toLocalDate(), late.toLocalDate().minusDays(1));
            reached = early.toLocalDateTime().plus(period);
        }
        Duration rest = Duration.between(reached, late.toLocalDateTime());
        return numbers(
                period.getYears(),
                period.getMonths(),
                period.getDays(),
                rest.toHoursPart(),
                rest.toMinutesPart(),
                rest.toSecondsPart());
    }

    private static Value format(Operands o) {
        boolean layout = o.at(0) instanceof ArrayValue a && a.size() == 3;
        String name = layout && ((ArrayValue) o.at(0)).at(2) instanceof StringValue s ? s.value() : "RFC3339Nano";
        return Value.of(GoLayout.formatter(name).format(moment(o, 0)));
    }
}
