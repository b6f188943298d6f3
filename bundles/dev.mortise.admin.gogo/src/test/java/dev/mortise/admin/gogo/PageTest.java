// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PageTest {
    private static final Width TERMINAL = new Width(80);

    @Test
    void breaksLongListsBetweenWords() {
        Page page = new Page().line("Words", Collections.nCopies(30, "word"));

        assertThat(page.text(TERMINAL).lines()).hasSize(3).allMatch(line -> line.length() <= 80);
        assertThat(page.text(TERMINAL))
                .startsWith("Words:       word, word,")
                .endsWith("             word, word, word, word, word, word, word, word");
    }

    @Test
    void breaksNoListWhereNobodySaysHowWideTheTerminalIs() {
        assertThat(new Page().line("Words", Collections.nCopies(30, "word")).text(Width.UNLIMITED))
                .hasLineCount(1);
    }

    @Test
    void setsMeaningsBesideTheirTermsAndBelowThoseThatAreLong() {
        Page page =
                new Page().term("short", "word ".repeat(12) + "end").term("x".repeat(40), "word ".repeat(8) + "end");

        assertThat(page.text(TERMINAL).lines())
                .containsExactly(
                        "  short                     word word word word word word word word word word",
                        "                            word word end",
                        "  " + "x".repeat(40),
                        "                            word word word word word word word word end");
        assertThat(page.text(Width.UNLIMITED)).hasLineCount(2);
    }

    @Test
    void neverCutsASentence() {
        String sentence = "word ".repeat(40) + "end.";

        assertThat(new Page().line("Reason", sentence).text(TERMINAL)).isEqualTo("Reason:      " + sentence);
    }

    @Test
    void leavesOutWhatIsEmpty() {
        Page page = new Page()
                .line("List", List.of())
                .line("Text", Optional.empty())
                .section("Section", List.of());

        assertThat(page.text(TERMINAL)).isEmpty();
    }
}
