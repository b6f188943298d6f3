// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.testkit.admin.NotedMigrations;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationRoutesTest {
    private static final String ONE = "/api/v1/plugins/{id}/migrations";
    private static final String PLAN = "/api/v1/migrations/plan";

    private final NotedMigrations migrations = new NotedMigrations();
    private final Surface surface = new Surface(new MigrationRoutes(migrations, new JacksonJsonFactory()));

    @Test
    void answersWhatWasAppliedAndWhatWasCutOff() throws Exception {
        surface.answers("GET", ONE, inventory(), 200, """
                {"plugin":"inventory","migrations":[{"version":1,"description":"products","phase":"expand",
                  "kind":"transactional","checksum":"0123456789abcdef","down":true,"appliedAt":"2026-11-21T10:00:00Z"}],
                 "running":[],"begun":{"version":2,"description":"index","phase":"expand","kind":"concurrent",
                  "checksum":"abcdef0123456789","down":false,"appliedAt":"2026-11-21T10:00:00Z"}}""");
    }

    @Test
    void answersWhatRuns() throws Exception {
        surface.answers("GET", "/api/v1/migrations", Requests.admin(), 200, """
                {"count":1,"running":[{"plugin":"inventory","migration":"2 index","pid":4711,
                  "since":"2026-11-21T10:00:00Z","elapsedMillis":42000,"doing":"building index: scanning table",
                  "percent":34,"waitsFor":["pid 12 of role mortise"]}]}""");
    }

    @Test
    void triesAJarOutOrOnlyReadsIt() throws Exception {
        surface.answers("POST", PLAN, jar(), 200, """
                {"plugin":"inventory","version":"1.1.0","steps":[{"version":2,"description":"index","phase":"expand",
                  "kind":"concurrent","statements":["CREATE INDEX CONCURRENTLY i ON t (a)"],"result":"READ"}],
                 "message":"It was only read: nothing was run."}""");
        assertThat(migrations.ordered()).isEqualTo("plan The upload and run");

        surface.call("POST", PLAN, jar().query("read", "true"));
        assertThat(migrations.ordered()).isEqualTo("plan The upload and read");
        surface.refuses("POST", PLAN, Requests.admin().body(Body.of("{}")), ErrorCode.UNSUPPORTED_MEDIA_TYPE);
    }

    @Test
    void saysWhatTheWayBackLoses() throws Exception {
        surface.answers("GET", ONE + "/down", inventory(), 200, """
                {"plugin":"inventory","steps":[{"version":2,"description":"index","checksum":"abcdef",
                  "appliedAt":"2026-11-21T10:00:00Z","statements":["DROP INDEX i"]}],
                 "lost":["drops 't' with 3 rows"]}""");
        assertThat(migrations.ordered()).isEmpty();
    }

    @Test
    void takesBackWhatIsConfirmed() throws Exception {
        surface.refuses("POST", ONE + "/down", inventory(), ErrorCode.CONFLICT);
        surface.refuses("POST", ONE + "/down", inventory().query("keep", "-1"), ErrorCode.VALIDATION_FAILED);
        assertThat(migrations.ordered()).isEmpty();

        surface.call("POST", ONE + "/down", inventory().query("keep", "0").query("confirm", "2"));
        assertThat(migrations.ordered()).isEqualTo("down inventory to 0");
    }

    @Test
    void takesTheConfirmationInTheBodyToo() throws Exception {
        surface.call("POST", ONE + "/down", inventory().body(Body.of("{\"keep\":0,\"confirm\":\"2\"}")));
        assertThat(migrations.ordered()).isEqualTo("down inventory to 0");

        assertThat(surface.refuses(
                        "POST",
                        ONE + "/down",
                        inventory().query("confirm", "2").body(Body.of("{\"confirm\":\"2\"}")),
                        ErrorCode.VALIDATION_FAILED))
                .hasMessage("'confirm' is in the query and in the body. Give it once.");
        assertThat(surface.refuses(
                        "POST",
                        ONE + "/down",
                        inventory().body(Body.of("{\"confirmed\":\"2\"}")),
                        ErrorCode.VALIDATION_FAILED))
                .hasMessage("'confirmed' is no field here; known are keep, confirm.");
        for (String body : List.of("{\"confirm\":null}", "{\"confirm\":[\"2\"]}", "[]", "2", "{", "null")) {
            surface.refuses("POST", ONE + "/down", inventory().body(Body.of(body)), ErrorCode.VALIDATION_FAILED);
        }
        surface.refuses(
                "POST", ONE + "/down", inventory().body(Body.of(" ".repeat(20_000))), ErrorCode.PAYLOAD_TOO_LARGE);
    }

    private static RequestBuilder inventory() {
        return Requests.admin().parameter("id", "inventory");
    }

    private static RequestBuilder jar() {
        return Requests.admin()
                .header("Content-Type", "application/java-archive")
                .body(Body.of("bytes"));
    }
}
