// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.RawConnection.Reply;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Json;
import java.util.List;

/** For whom a call is, who makes it, and how long it may take: as the handler sees it. */
final class ContextRows {
    private static final String IN_JAVA =
            "a program reads the fields of its request; what binds them to threads is Java's";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private ContextRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("context of a client's call", subject -> ofClient(subject, "/context"))
                        .but(Place.REMOTE, Subject.NO_CLIENTS, subject -> ofMate(subject, "/context")),
                bound("bound"),
                bound("executor"),
                bound("wrapped"),
                Row.of("context of a user", ContextRows::ofUser)
                        .but(Place.REMOTE, Subject.NO_CLIENTS, subject -> ofMate(subject, "/context")),
                Row.of("context of another plugin's call", ContextRows::ofPlugin),
                Row.of("a context of the plugin's own", ContextRows::own)
                        .but(Place.NODE, IN_JAVA, subject -> none(subject, "own")),
                Row.of("no context on a thread of nobody", ContextRows::unbound)
                        .but(Place.NODE, IN_JAVA, subject -> none(subject, "none")),
                Row.of("a permission that is lacking", ContextRows::refused)
                        .but(Place.REMOTE, Subject.NO_CLIENTS, ContextRows::granted));
    }

    private static Row bound(String how) {
        return Row.of("context on the thread: " + how, subject -> ofClient(subject, "/context/" + how))
                .but(Place.REMOTE, Subject.NO_CLIENTS, subject -> ofMate(subject, "/context/" + how))
                .but(Place.NODE, IN_JAVA, subject -> none(subject, how));
    }

    private static void none(Subject subject, String how) {
        assertThat(subject.get("/context/" + how).status()).isEqualTo(404);
    }

    private static void ofClient(Subject subject, String route) throws Exception {
        JsonNode context = traced(subject, route);

        assertThat(context.path("hop").asInt()).isZero();
        assertThat(context.has("caller")).isFalse();
        assertThat(context.path("permissions").toString()).isEqualTo("[\"*\"]");
    }

    private static void ofMate(Subject subject, String route) throws Exception {
        JsonNode context = traced(subject, route);

        assertThat(context.path("hop").asInt()).isEqualTo(1);
        assertThat(context.path("caller").asText()).isEqualTo("mate");
        assertThat(context.path("permissions").toString()).isEqualTo("[]");
    }

    private static JsonNode traced(Subject subject, String route) throws Exception {
        Reply reply = subject.raw(
                "GET", route, "X-Request-Id: rows-4\r\ntraceparent: 00-" + TRACE + "-b7ad6b7169203331-01\r\n\r\n");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode context = Json.read(reply.body());
        assertThat(context.path("tenant").asText()).isEqualTo("default");
        assertThat(context.path("requestId").asText()).isEqualTo("rows-4");
        assertThat(context.path("trace").asText()).isEqualTo(TRACE);
        // the endpoint says 5000
        assertThat(context.path("millis").asInt()).isBetween(1, 5_000);
        return context;
    }

    private static void ofUser(Subject subject) {
        Answer answer = user(subject, "plugin.rows.read").get(subject.path("/context"));
        JsonNode context = answer.json();

        assertThat(context.path("tenant").asText()).as(answer.body()).isEqualTo("default");
        assertThat(context.path("user").asText()).isNotEmpty();
        assertThat(context.path("permissions").toString()).isEqualTo("[\"plugin.rows.read\"]");
    }

    private static void ofPlugin(Subject subject) {
        Answer answer = subject.mate().get("/api/v1/s/" + subject.place().plugin() + ".rows/context");
        JsonNode context = answer.json();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(context.path("caller").asText()).isEqualTo("mate");
        assertThat(context.path("tenant").asText()).isEqualTo("default");
        assertThat(context.path("hop").asInt()).isEqualTo(1);
    }

    private static void own(Subject subject) {
        JsonNode context = subject.get("/context/own").json();

        assertThat(context.path("kind").asText()).isEqualTo("SERVICE");
        assertThat(context.path("user").asText())
                .isEqualTo("plugin:" + subject.place().plugin());
        assertThat(context.path("caller").asText()).isEqualTo(subject.place().plugin());
        assertThat(context.path("tenant").asText()).isEqualTo("default");
    }

    private static void unbound(Subject subject) {
        assertThat(subject.get("/context/none").body()).isEqualTo("none");
    }

    private static void refused(Subject subject) {
        Answer answer = user(subject, "plugin.other.read").get(subject.path("/guarded"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("PERMISSION_DENIED");
        assertThat(user(subject, "plugin.rows.guard")
                        .get(subject.path("/guarded"))
                        .status())
                .isEqualTo(200);
    }

    /** What a plugin declares to need it was granted. */
    private static void granted(Subject subject) {
        assertThat(subject.get("/guarded").status()).isEqualTo(200);
    }

    static Client user(Subject subject, String permission) {
        Answer made = subject.container()
                .client()
                .post(
                        "/api/v1/p/worker-token/tokens",
                        "{\"name\":\"rows\",\"permissions\":[\"%s\"]}".formatted(permission));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return subject.container().anonymous().token(made.json().path("token").asText());
    }
}
