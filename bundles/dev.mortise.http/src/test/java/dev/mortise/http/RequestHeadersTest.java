// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Headers;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
    private final Headers headers = new RequestHeaders(HttpFields.build()
            .add("Host", "example.org")
            .add("x-tenant-id", "acme")
            .add("Accept", "text/plain")
            .add("ACCEPT", "text/html")
            .add("X-Empty", "")
            .asImmutable());

    @Test
    void areFoundInAnyCase() {
        assertThat(headers.first("HOST")).contains("example.org");
        assertThat(headers.first("X-Tenant-Id")).contains("acme");
        assertThat(headers.all("x-TENANT-id")).containsExactly("acme");
    }

    @Test
    void haveAllValuesInTheirOrder() {
        assertThat(headers.first("accept")).contains("text/plain");
        assertThat(headers.all("accept")).containsExactly("text/plain", "text/html");
    }

    @Test
    void knowAnEmptyValueFromNone() {
        assertThat(headers.first("X-Empty")).contains("");
        assertThat(headers.all("X-Empty")).containsExactly("");
    }

    @Test
    void areMissedAlsoUnderNamesThatLookLikeOthers() {
        // As long as "Host", and with its first letter.
        assertThat(headers.first("Hops")).isEmpty();
        assertThat(headers.all("Hops")).isEmpty();
        assertThat(headers.first("Authorization")).isEmpty();
        assertThat(headers.all("Authorization")).isEmpty();
        assertThat(headers.first("")).isEmpty();
    }

    @Test
    void areTheSameWithOneMore() {
        Headers more = headers.with("Authorization", "Bearer abc");

        assertThat(more.first("authorization")).contains("Bearer abc");
        assertThat(more.all("Accept")).hasSize(2);
        assertThat(headers.first("authorization")).isEmpty();
    }
}
