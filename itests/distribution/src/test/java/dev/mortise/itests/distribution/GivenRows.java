// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import java.util.List;
import java.util.stream.StreamSupport;

/** The plugin's life, what its tenant gave to it, and how it says that it is. */
final class GivenRows {
    private static final String NOT_SENT =
            "what tenants give stays on the machines of the container: a plugin elsewhere has the variables of its own";
    private static final String NO_HOOKS = "a program has no hooks: it answers /metadata when it is ready";

    private GivenRows() {}

    static List<Row> all() {
        return List.of(
                Row.of("its start", subject -> subject.awaitText("/life", "initialize, start default"))
                        .but(Place.NODE, NO_HOOKS, GivenRows::none),
                Row.of("settings", GivenRows::config).but(Place.REMOTE, NOT_SENT, GivenRows::ownVariables),
                Row.of("credentials", GivenRows::credentials).but(Place.REMOTE, NOT_SENT, GivenRows::noCredentials),
                Row.of("what it heard of both", GivenRows::heard)
                        .but(Place.NODE, NO_HOOKS, GivenRows::none)
                        .but(
                                Place.REMOTE,
                                NOT_SENT,
                                subject -> subject.awaitText("/life", "initialize, start default")),
                Row.of("how it is", GivenRows::mood),
                Row.of("what it says of itself", GivenRows::metadata)
                        .but(
                                Place.REMOTE,
                                Subject.NO_CLIENTS + "; it is no plugin of this container",
                                GivenRows::unknown));
    }

    private static void none(Subject subject) {
        assertThat(subject.get("/life").body()).isEqualTo("none");
    }

    private static void config(Subject subject) {
        assertThat(subject.get("/given").body()).isEqualTo("colour red, size 7, key none");

        Answer changed = subject.container()
                .admin()
                .send("PUT", subject.installation() + "/config", "{\"colour\":\"blue\",\"size\":8}");

        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        subject.awaitText("/given", "colour blue, size 8, key none");
    }

    private static void ownVariables(Subject subject) {
        assertThat(subject.get("/given").body()).isEqualTo("colour green, size 7, key none");
    }

    private static void credentials(Subject subject) {
        give(subject, "good-1");
        subject.awaitText("/given", "colour blue, size 8, key good-1");
        assertThat(validated(subject).body()).isEqualTo("{\"valid\":true}");

        give(subject, "bad-2");
        subject.awaitText("/given", "colour blue, size 8, key bad-2");
        assertThat(validated(subject).body()).isEqualTo("{\"valid\":false,\"message\":\"This key is not known.\"}");
    }

    private static void noCredentials(Subject subject) {
        assertThat(subject.get("/given").body()).endsWith("key none");
    }

    private static void give(Subject subject, String key) {
        Answer given = subject.container()
                .admin()
                .send(
                        "PUT",
                        subject.installation() + "/auth",
                        "{\"methodId\":\"key\",\"credentials\":{\"apiKey\":\"" + key + "\"}}");
        assertThat(given.status()).as(given.body()).isEqualTo(200);
    }

    private static Answer validated(Subject subject) {
        return subject.container().admin().post(subject.installation() + "/validate-auth", "");
    }

    private static void heard(Subject subject) {
        subject.awaitText(
                "/life",
                "initialize, start default, configUpdated default blue, connected default good-1, connected default bad-2");
    }

    private static void mood(Subject subject) {
        feel(subject, "WARN", "DEGRADED");
        assertThat(subject.get("/bytes").status()).isEqualTo(200);
        feel(subject, "OK", "HEALTHY");
    }

    private static void feel(Subject subject, String mood, String status) {
        assertThat(subject.post("/mood/" + mood).status()).isEqualTo(204);
        Wait.until(
                "it is " + status,
                () -> service(subject).path("status").asText().equals(status));
    }

    /** The services that a plugin offers are what others see of it. */
    private static JsonNode service(Subject subject) {
        JsonNode all =
                subject.container().admin().get("/api/v1/services/list").json().path("services");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(service ->
                        service.path("pluginId").asText().equals(subject.place().plugin()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(all.toString()));
    }

    private static void unknown(Subject subject) {
        assertThat(subject.container()
                        .admin()
                        .get("/api/v1/plugins/" + subject.place().plugin() + "/metadata")
                        .status())
                .isEqualTo(404);
    }

    private static void metadata(Subject subject) {
        String path = "/api/v1/plugins/" + subject.place().plugin() + "/metadata";
        Wait.until("its copy is fresh", () -> subject.container()
                .admin()
                .get(path)
                .json()
                .path("state")
                .asText()
                .equals("fresh"));
        JsonNode copy = subject.container().admin().get(path).json().path("metadata");
        assertThat(copy.path("id").asText()).isEqualTo(subject.place().plugin());
        assertThat(copy.path("protocol").asInt()).isEqualTo(1);
        assertThat(copy.path("routes").toString()).contains("\"/bytes\"");
        assertThat(copy.path("tools").toString())
                .contains("\"name\":\"say\"", "\"permissions\":[\"plugin.rows.tool\"]");
    }
}
