// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
    @Test
    void findsNoneWithoutTheField() {
        assertThat(Credential.of(Fixtures.request())).isInstanceOf(Credential.None.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER abc", "bEaReR abc"})
    void takesTheSchemeInAnyCase(String field) {
        assertThat(Credential.of(Fixtures.request(field))).isEqualTo(new Credential.Bearer("abc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Bearer  abc",
                "Bearer\tabc",
                "Bearer abc ",
                "Bearer abc def",
                "Bearer a,Bearer b",
                "Bearer abc, Bearer def",
                "Bearer =",
                "Bearer a=b",
                "Bearer a:b",
                "Bearer=abc",
                "BearerX abc",
                " Bearer abc",
                "Bearer ab\u0000c",
                "Bearer \u00e4",
                "Bearer\u00a0abc",
                "Basic\tabc",
                "Basic  abc",
                "Basic abc\r\nX: y",
                "\"Basic\" abc"
            })
    void refusesWhatIsNotClear(String field) {
        assertThat(Credential.of(Fixtures.request(field))).isInstanceOf(Credential.Malformed.class);
    }

    @Test
    void refusesTwoFieldsEvenWhenTheyAreEqual() {
        assertThat(Credential.of(Fixtures.request("Bearer abc", "Bearer abc")))
                .isInstanceOf(Credential.Malformed.class);
        assertThat(Credential.of(Fixtures.request("Basic abc", "Basic abc"))).isInstanceOf(Credential.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Digest username=\"a\", realm=\"b\"", "Negotiate", "ApiKey k-1"})
    void leavesOtherSchemesToAuthenticatorsOfPlugins(String field) {
        assertThat(Credential.of(Fixtures.request(field))).isInstanceOf(Credential.Other.class);
    }

    @Test
    void neverShowsTheToken() {
        assertThat(new Credential.Bearer("abc").toString()).doesNotContain("abc");
    }
}
