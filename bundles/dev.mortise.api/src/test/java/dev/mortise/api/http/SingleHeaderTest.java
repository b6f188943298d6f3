// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleHeaderTest {
    private final Headers headers = Headers.of("Content-Type", "text/plain");

    @Test
    void isFoundInAnyCase() {
        assertThat(headers.first("content-TYPE")).contains("text/plain");
        assertThat(headers.all("content-type")).containsExactly("text/plain");
        assertThat(headers.names()).containsExactly("Content-Type");
        assertThat(headers.names().contains("content-type")).isTrue();
        assertThat(headers.first("Content")).isEmpty();
        assertThat(headers.all("Content")).isEmpty();
    }

    @Test
    void isHandedToAVisitor() {
        List<String> seen = new ArrayList<>();

        headers.forEach((name, values) -> seen.add(name + "=" + values));

        assertThat(seen).containsExactly("Content-Type=[text/plain]");
    }

    @Test
    void isReplacedInAnyCaseAndJoinedByOthers() {
        assertThat(headers.with("content-type", "text/html").all("Content-Type"))
                .containsExactly("text/html");

        Headers more = headers.with("Age", "3");
        assertThat(more.first("age")).contains("3");
        assertThat(more.first("Content-Type")).contains("text/plain");
        assertThat(headers.first("Age")).isEmpty();
    }
}
