// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.RawConnection.Reply;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Json;
import java.util.List;

/** What the plugin asks of others while it is called: services, shared data, the log. */
final class BackRows {
    private static final String OWN_CLIENT =
            "a program has no ServiceClient of ours: it calls /api/v1/s/ by a client of its own";

    private BackRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("another plugin sees who calls, and for whom", BackRows::context),
                Row.of("a user's permissions go along", subject -> permissions(subject, subject.path("/back/context")))
                        .but(
                                Place.REMOTE,
                                Subject.NO_CLIENTS,
                                subject -> permissions(
                                        subject,
                                        "/api/v1/p/mate/relay/"
                                                + subject.place().plugin())),
                inJava("a typed service", "/back/typed", subject -> subject.place()
                        .plugin()),
                Row.of("its answer comes as it is", BackRows::status)
                        .but(Place.NODE, OWN_CLIENT, subject -> absent(subject, "/back/status/404")),
                Row.of("a failure that is not handled", BackRows::uncaught)
                        .but(Place.NODE, OWN_CLIENT, subject -> absent(subject, "/back/uncaught/404")),
                inJava(
                        "a service that was not declared",
                        "/back/undeclared",
                        subject -> "DEPENDENCY_NOT_DECLARED answered false"),
                Row.of("bytes go there and back", BackRows::bytes)
                        .but(Place.NODE, OWN_CLIENT, subject -> absent(subject, "/back/status/404")),
                inJava("shared data", "/back/shared?of=<plugin>", subject -> "1 false true 3"),
                Row.of("a line in the log", BackRows::log)
                        .but(Place.REMOTE, "its log is where it was started", BackRows::ownLog));
    }

    private interface Expected {
        String of(Subject subject);
    }

    private static Row inJava(String name, String route, Expected expected) {
        return Row.of(name, subject -> assertThat(subject.get(route.replace(
                                        "<plugin>", subject.place().plugin()))
                                .body())
                        .isEqualTo(expected.of(subject)))
                .but(Place.NODE, OWN_CLIENT, subject -> absent(subject, route.replace("<plugin>", "any")));
    }

    private static void absent(Subject subject, String route) {
        assertThat(subject.get(route).status()).isEqualTo(404);
    }

    private static void context(Subject subject) throws Exception {
        Reply reply = subject.raw("GET", "/back/context", "X-Request-Id: rows-5\r\n\r\n");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode context = Json.read(reply.body());

        assertThat(context.path("caller").asText()).isEqualTo(subject.place().plugin());
        assertThat(context.path("tenant").asText()).isEqualTo("default");
        assertThat(context.path("requestId").asText()).isEqualTo("rows-5");
        assertThat(context.path("hop").asInt()).isEqualTo(subject.place() == Place.REMOTE ? 2 : 1);
        assertThat(context.path("user").asText())
                .isEqualTo(subject.get("/context").json().path("user").asText());
        assertThat(context.path("millis").asInt()).isBetween(1, 5_000);
    }

    private static void permissions(Subject subject, String path) {
        Answer may = ContextRows.user(subject, "plugin.mate.read").get(path);
        Answer mayNot = ContextRows.user(subject, "plugin.other.read").get(path);

        assertThat(may.status()).as(may.body()).isEqualTo(200);
        assertThat(may.json().path("permissions").toString()).isEqualTo("[\"plugin.mate.read\"]");
        assertThat(mayNot.status()).as(mayNot.body()).isEqualTo(403);
        assertThat(mayNot.code()).isEqualTo("PERMISSION_DENIED");
    }

    private static void status(Subject subject) throws Exception {
        Reply reply = subject.raw("GET", "/back/status/404");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.field("X-Status")).isEqualTo("is 404");
        assertThat(reply.body()).isEqualTo("status 404");
    }

    private static void uncaught(Subject subject) {
        Answer answer = subject.get("/back/uncaught/404");

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("SERVICE_FAILED");
        assertThat(answer.json().path("detail").asText())
                .startsWith(
                        "GET /back/uncaught/404 of plugin '" + subject.place().plugin()
                                + "' failed: service 'mate.things' answered it with status 404, which it does not handle.");
    }

    private static void bytes(Subject subject) throws Exception {
        String octets = "\0\u00ff\u0080 and text";
        Reply reply = subject.raw("POST", "/back/bytes", "Content-Length: " + octets.length() + "\r\n\r\n" + octets);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo(octets);
    }

    private static void log(Subject subject) throws Exception {
        String line = "line " + subject.place() + " of the plugin";
        assertThat(subject.get("/back/log?line=" + subject.place()).status()).isEqualTo(204);
        Wait.until(line, () -> subject.logged(line, "WARN", "tenant=default"));
    }

    private static void ownLog(Subject subject) {
        assertThat(subject.get("/back/log?line=there").status()).isEqualTo(204);
        Wait.until("its line", () -> subject.remote()
                .output()
                .lines()
                .anyMatch(line -> line.startsWith("WARN ") && line.contains("line there of the plugin")));
    }
}
