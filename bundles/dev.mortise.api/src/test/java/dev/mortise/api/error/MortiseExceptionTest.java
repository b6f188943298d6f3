// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MortiseExceptionTest {
    @Test
    void tellsMoreThanItsMessageAsCopies() {
        List<Object> problems = new ArrayList<>(List.of(Map.of("code", "CLASH", "required", true)));
        MortiseException refusal =
                new MortiseException(ErrorCode.CONFLICT, "Refused.", Map.of("generation", 12L, "problems", problems));

        problems.clear();

        assertThat(refusal.members())
                .isEqualTo(Map.of("generation", 12L, "problems", List.of(Map.of("code", "CLASH", "required", true))));
        assertThatThrownBy(() -> refusal.members().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void carriesNoObjectOfAClassThatOthersDoNotKnow() {
        Map<String, List<?>> members = Map.of("problems", List.of(new StringBuilder("x")));

        assertThatThrownBy(() -> new MortiseException(ErrorCode.CONFLICT, "Refused.", members))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a java.lang.StringBuilder");
    }
}
