// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServiceRequestTest {
    @Test
    void fillsTheHolesInOrder() {
        assertThat(target("/products/{id}/parts/{part}?full={full}&n=1", 7, "a-b_c", true))
                .isEqualTo("/products/7/parts/a-b_c?full=true&n=1");
        assertThat(target("/products")).isEqualTo("/products");
        assertThat(target("/{}", "$1\\")).isEqualTo("/%241%5C");
    }

    @Test
    void encodesWhateverHasAMeaning() {
        assertThat(target("/{a}/{b}/{c}", "a b/c", "ä", "x+y%")).isEqualTo("/a%20b%2Fc/%C3%A4/x%2By%25");
    }

    @Test
    void takesOnlyBracesAroundANameForAHole() {
        assertThat(target("/a{b/c}/{d{e}/}{f", "7")).isEqualTo("/a{b/c}/{d7/}{f");
    }

    @Test
    void wantsOneValueForEachHole() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target("/{a}/{b}", "1"))
                .withMessage("No value for {b} in '/{a}/{b}'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target("/{a}", "1", "2"))
                .withMessage("2 values for 1 holes in '/{a}'.");
    }

    private static String target(String path, Object... values) {
        return ServiceRequest.of("GET", path, values).target();
    }
}
