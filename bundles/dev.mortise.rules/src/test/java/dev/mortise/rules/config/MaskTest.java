// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MaskTest {
    @Test
    void hidesTheWholeOfASecretThatBeginsLikeAnother() {
        assertThat(Mask.over("sekret-42, sekret", List.of("sekret", "sekret-42", "")))
                .isEqualTo("****, ****");
    }
}
