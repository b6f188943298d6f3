// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Workers;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import dev.mortise.testkit.call.RequestBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerRoutesTest {
    private static final String PATH = "/api/v1/workers";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Noted workers = new Noted();
    private final Surface surface = new Surface(new WorkerRoutes(workers, new JacksonJsonFactory()));

    @Test
    void listsProcessesWithWhatIsKnownOfThem() throws Exception {
        surface.answers("GET", PATH, Requests.admin(), 200, """
                {"count":2,"workers":[
                  {"plugin":"email","tenant":"acme","instance":0,"node":"n1","port":15000,"pid":4711,"runtimeState":"ready",
                   "restarts":1,"startedAt":"2026-11-21T12:00:00Z","rssBytes":1048576},
                  {"plugin":"email","instance":1,"node":"n1","runtimeState":"error","reason":"It crashed.","restarts":6,
                   "nextTryAt":"2026-11-21T12:00:00Z"}]}""");
    }

    @Test
    void carriesOrdersToThoseThatAreNamed() throws Exception {
        surface.call("POST", PATH + "/{plugin}/stop", email());
        surface.call("POST", PATH + "/{plugin}/start", email().query("tenant", "acme"));
        surface.call(
                "POST",
                PATH + "/{plugin}/restart",
                email().query("tenant", "acme").query("instance", "0"));

        assertThat(workers.orders)
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
        assertThat(workers.orders).isEmpty();
    }

    private static RequestBuilder email() {
        return Requests.admin().parameter("plugin", "email");
    }

    private static final class Noted implements Workers {
        private final List<String> orders = new ArrayList<>();

        @Override
        public List<Worker> list() {
            return List.of(
                    new Worker(
                            "email",
                            "1.0.0",
                            Optional.of("acme"),
                            0,
                            "n1",
                            15000,
                            Optional.of(4711L),
                            RuntimeState.READY,
                            "",
                            1,
                            Optional.empty(),
                            Optional.of(NOON),
                            Optional.of(1048576L)),
                    new Worker(
                            "email",
                            "1.0.0",
                            Optional.empty(),
                            1,
                            "n1",
                            0,
                            Optional.empty(),
                            RuntimeState.ERROR,
                            "It crashed.",
                            6,
                            Optional.of(NOON),
                            Optional.empty(),
                            Optional.empty()));
        }

        @Override
        public List<Worker> command(
                PluginId plugin, Command command, Optional<String> tenant, Optional<Integer> instance) {
            orders.add(command + " " + plugin + " " + tenant.orElse("all") + " "
                    + instance.map(String::valueOf).orElse("all"));
            return list();
        }
    }
}
