// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsTest {
    private static final String MODIFIED = "Sat, 21 Nov 2026 12:00:03 GMT";
    private static final String PATH = "/api/v1/p/site/page";

    private final TestGateway gateway = TestGateway.open(plugin("site")
            .route("GET", "/page", request -> page(200))
            .route("POST", "/page", request -> page(200))
            .route("GET", "/missing", request -> page(404))
            .route("GET", "/weak", request -> Response.text("page").with("ETag", "W/\"one\""))
            .route("GET", "/bare", request -> Response.text("page")));

    private static Response page(int status) {
        return new Response(
                        status,
                        Response.text("page").headers(),
                        Response.text("page").body())
                .with("ETag", "\"a,b\"")
                .with("Last-Modified", MODIFIED)
                .with("Cache-Control", "max-age=60");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a,b\"",
                "W/\"a,b\"",
                "*",
                "\"x\", \"a,b\"",
                "\"x\",W/\"y\" , W/\"a,b\"",
                "\"\", \"a,b\", junk",
                ", \"a,b\"",
                " ,, \"x\", ,\"a,b\",",
            })
    void answers304ToWhoeverHasIt(String tags) {
        FakeExchange answer = ask("GET", PATH, "If-None-Match", tags);

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.field("ETag")).isEqualTo("\"a,b\"");
        assertThat(answer.field("Cache-Control")).isEqualTo("max-age=60");
        assertThat(answer.field("X-Request-Id")).isNotEqualTo("absent");
        assertThat(ask("HEAD", PATH, "If-None-Match", tags).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "a,b", "\"a\",\"b\"", "\"a,b", "junk, \"a,b\"", "", "\"*\"", "w/\"a,b\""})
    void answersTheWholeToOthers(String tags) {
        assertThat(ask("GET", PATH, "If-None-Match", tags).status()).isEqualTo(200);
    }

    @Test
    void comparesWeakly() {
        assertThat(ask("GET", "/api/v1/p/site/weak", "If-None-Match", "\"one\"").status())
                .isEqualTo(304);
    }

    @Test
    void looksAtSeveralFields() {
        FakeExchange exchange = FakeExchange.of("GET", PATH)
                .as("alice")
                .with("If-None-Match", "\"x\"")
                .with("If-None-Match", "\"a,b\"");

        assertThat(gateway.send(exchange).status()).isEqualTo(304);
    }

    @Test
    void judgesOnlyWhatIsReadAndWhatIsThere() {
        assertThat(ask("POST", PATH, "If-None-Match", "*").status()).isEqualTo(200);
        assertThat(ask("GET", "/api/v1/p/site/missing", "If-None-Match", "*").status())
                .isEqualTo(404);
        assertThat(ask("GET", "/api/v1/p/site/bare", "If-None-Match", "\"\"").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MODIFIED,
                "Sat, 21 Nov 2026 12:00:04 GMT",
                "Saturday, 21-Nov-26 12:00:03 GMT",
                "Sat Nov 21 12:00:03 2026"
            })
    void answers304ToWhoeverHasItSinceThen(String date) {
        assertThat(ask("GET", PATH, "If-Modified-Since", date).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sat, 21 Nov 2026 12:00:02 GMT", "yesterday", ""})
    void answersTheWholeToWhoHasAnOlderOne(String date) {
        assertThat(ask("GET", PATH, "If-Modified-Since", date).status()).isEqualTo(200);
    }

    @Test
    void aTagBeatsADate() {
        FakeExchange exchange = FakeExchange.of("GET", PATH)
                .as("alice")
                .with("If-None-Match", "\"x\"")
                .with("If-Modified-Since", MODIFIED);

        assertThat(gateway.send(exchange).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "W/\"a,b\"", "\"x\", W/\"a,b\"", "junk", ""})
    void answers412ToWhoeverWantsSomethingElse(String tags) {
        FakeExchange answer = ask("GET", PATH, "If-Match", tags);

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.code()).isEqualTo("PRECONDITION_FAILED");
        assertThat(answer.detail()).contains("If-Match");
        assertThat(ask("HEAD", PATH, "If-Match", tags).status()).isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a,b\"", "*", "\"x\", \"a,b\"", "W/\"x\", \"a,b\""})
    void answersWhatIsWanted(String tags) {
        assertThat(ask("GET", PATH, "If-Match", tags).status()).isEqualTo(200);
    }

    @Test
    void comparesStrongly() {
        assertThat(ask("GET", "/api/v1/p/site/weak", "If-Match", "\"one\"").status())
                .isEqualTo(412);
    }

    @Test
    void judgesWhatIsWantedOnlyByWhatIsThere() {
        assertThat(ask("POST", PATH, "If-Match", "\"x\"").status()).isEqualTo(200);
        assertThat(ask("GET", "/api/v1/p/site/missing", "If-Match", "\"x\"").status())
                .isEqualTo(404);
        assertThat(ask("GET", "/api/v1/p/site/bare", "If-Match", "\"x\"").status())
                .isEqualTo(200);
        assertThat(ask("GET", "/api/v1/p/site/bare", "If-Unmodified-Since", MODIFIED)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answers412WhenItChangedSince() {
        String before = "Sat, 21 Nov 2026 12:00:02 GMT";

        assertThat(ask("GET", PATH, "If-Unmodified-Since", before).code()).isEqualTo("PRECONDITION_FAILED");
        assertThat(ask("GET", PATH, "If-Unmodified-Since", MODIFIED).status()).isEqualTo(200);
        assertThat(ask("GET", PATH, "If-Unmodified-Since", "yesterday").status())
                .isEqualTo(200);
    }

    @Test
    void whatIsWantedIsAskedFirst() {
        FakeExchange tagBeatsDate = FakeExchange.of("GET", PATH)
                .as("alice")
                .with("If-Match", "*")
                .with("If-Unmodified-Since", "Sat, 21 Nov 2026 12:00:02 GMT")
                .with("If-None-Match", "\"a,b\"");
        FakeExchange unwanted = FakeExchange.of("GET", PATH)
                .as("alice")
                .with("If-Match", "\"x\"")
                .with("If-None-Match", "\"a,b\"");

        assertThat(gateway.send(tagBeatsDate).status()).isEqualTo(304);
        assertThat(gateway.send(unwanted).status()).isEqualTo(412);
    }

    private FakeExchange ask(String method, String path, String name, String value) {
        gateway.knows("alice", FakeAccess.ALICE);
        return gateway.send(FakeExchange.of(method, path).as("alice").with(name, value));
    }
}
