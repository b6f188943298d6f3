// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class TokenTextTest {
    private final TokenText made = TokenText.make(new SecureRandom());

    @Test
    void holdsThirtyTwoRandomBytesAfterItsMark() {
        assertThat(made.text()).matches("mwt_[A-Za-z0-9_-]{43}");
        assertThat(made.wellFormed()).isTrue();
        assertThat(made).isNotEqualTo(TokenText.make(new SecureRandom()));
    }

    @Test
    void showsItsBeginningToTellTokensApart() {
        assertThat(made.prefix()).hasSize(12);
        assertThat(made.text()).startsWith(made.prefix());
    }

    @Test
    void isKeptAsItsSha256() {
        assertThat(new TokenText("abc").hash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void neverShowsItself() {
        assertThat(made.toString()).doesNotContain(made.text().substring(4));
    }
}
