// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.http.WorkerServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One process for all tenants, of which one no longer wants the plugin. */
final class DisabledTenantTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Given given = new Given(new Given.State(
            "c-1", List.of(SignedToken.KEY), Optional.empty(), Map.of("acme", part("red"), "zeta", part("blue"))));
    private Worker worker;
    private WorkerServer server;

    private static TenantPart part(String colour) {
        return new TenantPart(Map.of("colour", colour), Optional.empty());
    }

    @BeforeEach
    void start() throws Exception {
        server = Startup.listen("127.0.0.1", 0);
        worker = new ListeningPlugin(heard).run(given, server);
    }

    @AfterEach
    void end() {
        worker.close();
    }

    @Test
    void isNotStartedAgainByALineThatIsNotForIt() throws Exception {
        disable("acme");
        given.change(before -> new Given.State("c-2", before.hopKeys(), before.database(), before.tenants()));
        worker.changed(Set.of());

        assertThat(heard).containsExactlyInAnyOrder("start acme", "start zeta", "disable acme");
    }

    @Test
    void leavesNothingOfWhatItGave() throws Exception {
        disable("acme");

        assertThat(given.tenants()).containsExactly("zeta");
    }

    private void disable(String tenant) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/disable"))
                .header(
                        "X-Mortise-Token",
                        SignedToken.of("hello", Instant.now().getEpochSecond() + 60)
                                .text())
                .POST(BodyPublishers.ofString("{\"tenant\":\"" + tenant + "\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
