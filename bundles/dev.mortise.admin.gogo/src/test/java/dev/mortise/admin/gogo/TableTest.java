// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableTest {
    private static final Width TERMINAL = new Width(80);

    @Test
    void isAsWideAsItsContent() {
        Table table = new Table("ID", "STATE").row("inventory", "READY").row("crm", "WAITING");

        assertThat(table.text(TERMINAL)).isEqualTo("""
                ID         STATE
                inventory  READY
                crm        WAITING""");
    }

    @Test
    void cutsTheWidestColumnToFitTheTerminal() {
        Table table = new Table("ID", "REASON").row("reports", "x".repeat(200));

        assertThat(table.text(TERMINAL).lines()).allMatch(line -> line.length() <= 80);
        assertThat(table.text(TERMINAL)).endsWith("reports  " + "x".repeat(70) + "…");
    }

    @Test
    void cutsNothingWhereNobodySaysHowWideTheTerminalIs() {
        Table table = new Table("ID", "REASON").row("reports", "x".repeat(200));

        assertThat(table.text(Width.UNLIMITED)).endsWith("reports  " + "x".repeat(200));
    }

    @Test
    void letsTheLastColumnGiveWayFirst() {
        Table table = new Table("PATH", "PERMISSION").row("p".repeat(60), "q".repeat(50));

        assertThat(table.text(TERMINAL)).endsWith("p".repeat(60) + "  " + "q".repeat(17) + "…");
    }

    @Test
    void cutsTheWidestWhenTheLastIsAsNarrowAsItsHeading() {
        Table table = new Table("A", "B", "LAST").row("a".repeat(90), "b".repeat(60), "c".repeat(60));

        String row = table.text(TERMINAL).lines().skip(1).findFirst().orElseThrow();
        assertThat(row).hasSize(80).matches("a{34,35}…  b{34,35}…  ccc…");
    }

    @Test
    void countsCharactersOutsideTheBasicPlaneOnce() {
        Table table = new Table("A", "B").row("😀".repeat(100), "b");

        String row = table.text(TERMINAL).lines().skip(1).findFirst().orElseThrow();
        assertThat(row.codePointCount(0, row.length())).isEqualTo(80);
        assertThat(row).endsWith("😀…  b");
    }

    @Test
    void escapesCells() {
        assertThat(new Table("A").row("\u001b[31mred").text(TERMINAL))
                .doesNotContain("\u001b")
                .contains("\\u001b[31mred");
    }
}
