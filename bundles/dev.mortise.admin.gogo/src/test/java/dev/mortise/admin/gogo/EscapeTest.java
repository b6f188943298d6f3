// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EscapeTest {
    @Test
    void keepsLettersOfAnyScriptAndSymbols() {
        assertThat(Escape.text("Größe 寸法 → 5 € 😀")).isEqualTo("Größe 寸法 → 5 € 😀");
    }

    @Test
    void showsWhatWouldSteerTheTerminal() {
        assertThat(Escape.text("a\u001b[2Jb")).isEqualTo("a\\u001b[2Jb");
        assertThat(Escape.text("a\r\nb\tc\u0000")).isEqualTo("a\\u000d\\u000ab\\u0009c\\u0000");
        assertThat(Escape.text("a\u009bb")).isEqualTo("a\\u009bb");
    }

    @Test
    void showsWhatWouldReorderOrSplitLines() {
        assertThat(Escape.text("a\u202eb\u2028c\u2029d\u2066")).isEqualTo("a\\u202eb\\u2028c\\u2029d\\u2066");
        assertThat(Escape.text("lone \ud800.")).isEqualTo("lone \\ud800.");
    }
}
