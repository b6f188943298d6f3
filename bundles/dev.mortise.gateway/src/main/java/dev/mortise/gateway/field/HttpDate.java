// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.field;

import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;

/** Reads a date of HTTP in each of its three forms (RFC 9110, section 5.6.7), of which two are obsolete. */
public final class HttpDate {
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC);
    private static final int YEARS_TO_COME = 50;

    private HttpDate() {}

    /** Answers the point in time, or nothing when that is no date. */
    public static Optional<Instant> read(String text) {
        String date = text.strip();
        return read(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                .or(() -> date.endsWith("GMT") ? read(date, rfc850()) : read(date, ASCTIME));
    }

    private static Optional<Instant> read(String date, DateTimeFormatter form) {
        try {
            return Optional.of(form.parse(date, ZonedDateTime::from).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A year of two digits is none that is more than 50 years ahead. */
    private static DateTimeFormatter rfc850() {
        int first = Year.now(ZoneOffset.UTC).getValue() + YEARS_TO_COME - 99;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, first)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
    }
}
