// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedMarkTest {
    @Test
    void isReadAsItWasWritten() {
        SharedMark mark = new SharedMark(17, 795);

        assertThat(mark.text()).isEqualTo("17-795");
        assertThat(SharedMark.of("17-795")).contains(mark);
    }

    @Test
    void isReadAsItWasWrittenBeforeItKnewWhatIsSettled() {
        assertThat(SharedMark.of("17")).contains(new SharedMark(17, 0));
        assertThat(new SharedMark(17, 0).text()).isEqualTo("17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "-1", "17-", "1-2-3", "17 ", "9999999999999999999"})
    void isNothingElse(String text) {
        assertThat(SharedMark.of(text)).isEmpty();
    }
}
