// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentEncoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/products/1", "/a%20b", "/%C3%A4/%E2%82%AC", "/a:b@c/d+e", "/50%25", "/x=1&y;"})
    void sendsOnWhatCame(String raw) {
        CanonicalPath.Reading reading = CanonicalPath.read(raw.replace(";", ""));
        assertThat(reading).isInstanceOf(CanonicalPath.Reading.Canonical.class);
        String decoded = ((CanonicalPath.Reading.Canonical) reading).path();

        assertThat(PercentEncoder.path(decoded)).isEqualTo(raw.replace(";", ""));
    }

    @Test
    void encodesTextForAField() {
        assertThat(PercentEncoder.text("Zoë/x y")).isEqualTo("Zo%C3%AB%2Fx%20y");
    }
}
