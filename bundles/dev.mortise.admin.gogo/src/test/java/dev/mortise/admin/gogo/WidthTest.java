// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WidthTest {
    private final Shell shell = new Shell();

    @ParameterizedTest
    @ValueSource(strings = {"COLUMNS = 40", "COLUMNS = '40'"})
    void isWhatTheSessionSays(String line) {
        shell.execute(line);

        assertThat(longest("help plugins")).isLessThanOrEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COLUMNS = 0", "COLUMNS = wide", "COLUMNS = -3", "COLUMNS = 99999999"})
    void isNotLimitedByWhatIsNoWidth(String line) {
        int longest = longest("help token");
        shell.execute(line);

        assertThat(longest("help token")).isEqualTo(longest).isGreaterThan(100);
    }

    @Test
    void leavesEveryColumnOfATableACharacter() {
        Table table = new Table("A", "B", "C", "D", "E", "F", "G", "H");
        table.row(Collections.nCopies(8, "x".repeat(30)).toArray(String[]::new));

        assertThat(table.text(new Width(22)).lines()).allMatch(line -> line.length() <= 22);
        shell.in(1);
        assertThat(longest("help plugins")).isGreaterThan(1);
    }

    private int longest(String line) {
        return shell.type(line).lines().mapToInt(String::length).max().orElse(0);
    }
}
