// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PageTest {
    @Test
    void breaksLongListsBetweenWords() {
        Page page = new Page().line("Words", Collections.nCopies(30, "word"));

        assertThat(page.toString().lines()).hasSize(3).allMatch(line -> line.length() <= 80);
        assertThat(page.toString())
                .startsWith("Words:       word, word,")
                .endsWith("             word, word, word, word, word, word, word, word");
    }

    @Test
    void neverCutsASentence() {
        String sentence = "word ".repeat(40) + "end.";

        assertThat(new Page().line("Reason", sentence)).hasToString("Reason:      " + sentence);
    }

    @Test
    void leavesOutWhatIsEmpty() {
        Page page = new Page()
                .line("List", List.of())
                .line("Text", Optional.empty())
                .section("Section", List.of());

        assertThat(page.toString()).isEmpty();
    }
}
