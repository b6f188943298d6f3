// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
    private static final DateTimeFormatter RFC_850 = DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy", Locale.US);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "  Sun, 06 Nov 1994 08:49:37 GMT "
            })
    void readsEachOfTheThreeForms(String date) {
        assertThat(HttpDate.read(date)).contains(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @Test
    void readsDaysOfTwoDigits() {
        assertThat(HttpDate.read("Wed Nov 16 08:49:37 1994")).contains(Instant.parse("1994-11-16T08:49:37Z"));
    }

    @Test
    void takesAYearOfTwoDigitsForNoneThatIsMoreThanFiftyYearsAhead() {
        LocalDate now = LocalDate.now(ZoneOffset.UTC).withDayOfMonth(1);

        for (LocalDate date : new LocalDate[] {now, now.plusYears(50), now.minusYears(49)}) {
            assertThat(HttpDate.read(RFC_850.format(date) + " 00:00:00 GMT"))
                    .contains(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "1994-11-06", "Sun Nov 6 1994", "Sunday, 06-Nov-94 08:49:37"})
    void knowsWhatIsNoDate(String text) {
        assertThat(HttpDate.read(text)).isEmpty();
    }
}
