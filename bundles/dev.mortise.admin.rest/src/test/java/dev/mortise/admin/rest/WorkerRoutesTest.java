// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.testkit.admin.NotedWorkers;
import dev.mortise.testkit.call.RequestBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorkerRoutesTest {
    private static final String PATH = "/api/v1/workers";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final NotedWorkers workers = new NotedWorkers(NOON, NOON);
    private final Surface surface = new Surface(new WorkerRoutes(workers, new JacksonJsonFactory()));

    @Test
    void listsProcessesWithWhatIsKnownOfThem() throws Exception {
        surface.answers("GET", PATH, Requests.admin(), 200, """
                {"count":2,"workers":[
                  {"plugin":"email","tenant":"acme","instance":0,"node":"n1","port":15000,"pid":4711,"runtimeState":"ready",
                   "restarts":1,"startedAt":"2026-11-21T12:00:00Z","rssBytes":41943040},
                  {"plugin":"email","instance":1,"node":"n1","runtimeState":"error","reason":"It crashed.","restarts":6,
                   "nextTryAt":"2026-11-21T12:00:00Z"}]}""");
    }

    @Test
    void showsThoseThatAreNamed() throws Exception {
        String second = """
                {"count":1,"workers":[
                  {"plugin":"email","instance":1,"node":"n1","runtimeState":"error","reason":"It crashed.","restarts":6,
                   "nextTryAt":"2026-11-21T12:00:00Z"}]}""";
        surface.answers("GET", PATH + "/{plugin}", email().query("instance", "1"), 200, second);
        String none = "{\"count\":0,\"workers\":[]}";
        surface.answers(
                "GET", PATH + "/{plugin}", email().query("tenant", "acme").query("instance", "1"), 200, none);
        surface.answers("GET", PATH + "/{plugin}", Requests.admin().parameter("plugin", "other"), 200, none);
    }

    @Test
    void carriesOrdersToThoseThatAreNamed() throws Exception {
        surface.call("POST", PATH + "/{plugin}/stop", email());
        surface.call("POST", PATH + "/{plugin}/start", email().query("tenant", "acme"));
        surface.call(
                "POST",
                PATH + "/{plugin}/restart",
                email().query("tenant", "acme").query("instance", "0"));

        assertThat(workers.orders())
                .containsExactly("STOP email all all", "START email acme all", "RESTART email acme 0");
    }

    @Test
    void refusesWhatNamesNothing() {
        surface.refuses("POST", PATH + "/{plugin}/stop", email().query("instance", "-1"), ErrorCode.VALIDATION_FAILED);
        surface.refuses("POST", PATH + "/{plugin}/stop", email().query("when", "now"), ErrorCode.VALIDATION_FAILED);
        surface.refuses(
                "POST",
                PATH + "/{plugin}/stop",
                Requests.admin().parameter("plugin", "NO"),
                ErrorCode.PLUGIN_NOT_FOUND);
        assertThat(workers.orders()).isEmpty();
    }

    @Test
    void aBodyThatNamesOneProcessStopsNotAllOfThem() throws Exception {
        surface.refuses("POST", PATH + "/{plugin}/stop", email().json("{\"instance\":1}"), ErrorCode.VALIDATION_FAILED);
        assertThat(workers.orders()).isEmpty();

        surface.call("POST", PATH + "/{plugin}/stop", email().json("{}"));

        assertThat(workers.orders()).containsExactly("STOP email all all");
    }

    private static RequestBuilder email() {
        return Requests.admin().parameter("plugin", "email");
    }
}
