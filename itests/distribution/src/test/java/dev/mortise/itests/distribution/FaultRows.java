// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.RawConnection.Reply;
import dev.mortise.itests.harness.Json;
import java.io.IOException;
import java.util.List;

/** What clients are told of handlers that fail. */
final class FaultRows {
    private static final String NO_EXCEPTIONS =
            "a program answers its own problems; exceptions are what handlers in Java throw";
    private static final String WAITED_FOR =
            "a short answer of another process is waited for (hop.answer.at.once.kb), so its client can still be told";
    private static final String UNEXPLAINED =
            "GET /fault/%s of plugin '<plugin>' failed. The log tells why, under request id rows-3.";

    private FaultRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("a problem of the handler's own", FaultRows::own),
                thrown("refusal", 409, "CONFLICT", "It is there already."),
                thrown("retry", 503, "SERVICE_UNAVAILABLE", "Not now."),
                thrown("checked", 500, "INTERNAL", UNEXPLAINED.formatted("checked")),
                thrown("runtime", 500, "INTERNAL", UNEXPLAINED.formatted("runtime")),
                thrown("error", 500, "INTERNAL", UNEXPLAINED.formatted("error")),
                thrown("null", 500, "INTERNAL", UNEXPLAINED.formatted("null")),
                thrown(
                        "at-once",
                        500,
                        "INTERNAL",
                        "The answer to GET <path>/fault/at-once of plugin '<plugin>' failed. The log tells why, under request id rows-3."),
                Row.of("an answer that breaks off", FaultRows::half)
                        .but(Place.WORKER, WAITED_FOR, FaultRows::unreached)
                        .but(Place.NODE, WAITED_FOR, FaultRows::unreached)
                        .but(Place.REMOTE, WAITED_FOR, FaultRows::unreached));
    }

    private static Row thrown(String kind, int status, String code, String detail) {
        return Row.of("a handler's fault: " + kind, subject -> {
                    JsonNode problem = problem(subject, kind, status);
                    assertThat(problem.path("code").asText()).isEqualTo(code);
                    assertThat(problem.path("detail").asText())
                            .isEqualTo(detail.replace("<path>", "/api/v1/p/<plugin>"));
                    assertThat(problem.path("status").asInt()).isEqualTo(status);
                    assertThat(problem.path("requestId").asText()).isEqualTo("rows-3");
                    assertThat(problem.path("instance").asText()).isEqualTo("/api/v1/p/<plugin>/fault/" + kind);
                    assertThat(problem.path("blockers").toString())
                            .isEqualTo(kind.equals("refusal") ? "[\"a\",\"b\"]" : "");
                })
                .but(Place.NODE, NO_EXCEPTIONS, subject -> assertThat(
                                problem(subject, kind, 500).path("detail").asText())
                        .isEqualTo("It failed: " + kind));
    }

    private static JsonNode problem(Subject subject, String kind, int status) throws IOException {
        Reply reply = subject.raw("GET", "/fault/" + kind, "X-Request-Id: rows-3\r\n\r\n");
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.field("X-Request-Id")).isEqualTo("rows-3");
        assertThat(reply.body()).doesNotContain("secret");
        return Json.read(subject.open(reply.body()));
    }

    private static void own(Subject subject) throws Exception {
        Reply reply = subject.raw("GET", "/fault/own");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.field("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.body()).isEqualTo("{\"type\":\"urn:own\",\"status\":422,\"detail\":\"its own\"}");
    }

    private static void unreached(Subject subject) throws IOException {
        assertThat(subject.raw("GET", "/fault/half").status()).isEqualTo(503);
    }

    /** Nobody may take what came for the whole. */
    private static void half(Subject subject) {
        assertThatThrownBy(() -> subject.raw("GET", "/fault/half")).isInstanceOf(IOException.class);
    }
}
