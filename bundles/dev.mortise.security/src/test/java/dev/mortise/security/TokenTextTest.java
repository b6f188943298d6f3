// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {
    @ParameterizedTest
    @EnumSource(TokenKind.class)
    void namesItsKindBeforeThirtyTwoRandomBytes(TokenKind kind) {
        TokenText made = TokenText.make(kind, new SecureRandom());

        assertThat(made.text()).matches("mor_" + kind.letter() + "_[A-Za-z0-9_-]{43}");
        assertThat(made.wellFormed()).isTrue();
    }

    @Test
    void isNeverTheSameTwice() {
        SecureRandom random = new SecureRandom();

        assertThat(IntStream.range(0, 1_000).mapToObj(i -> TokenText.make(TokenKind.PLUGIN, random)))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mor_",
                "mor_a_",
                "mor_x_0123456789012345678901234567890123456789012",
                "mor_a_short",
                "mor_a-0123456789012345678901234567890123456789012",
                "mor_a_012345678901234567890123456789012345678901.",
                "mor_a_01234567890123456789012345678901234567890123",
                "moR_a_0123456789012345678901234567890123456789012"
            })
    void knowsWhatNoCoreTokenLooksLike(String text) {
        assertThat(new TokenText(text).wellFormed()).isFalse();
    }

    @Test
    void isKeptAsItsSha256() {
        assertThat(new TokenText("abc").hash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void neverShowsItsText() {
        TokenText made = TokenText.make(TokenKind.ADMIN, new SecureRandom());

        assertThat(made.toString()).doesNotContain(made.text().substring(6));
    }
}
