// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left out of the choice among several, where no breaker keeps calls from it. */
@Timeout(30)
class EjectionTest {
    private final TestPlugin inventory = TestPlugin.inventory();
    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private final TestGateway gateway =
            new TestGateway(Settings.of(TestConfig.with(Map.of("breaker_failures", 100_000))));

    EjectionTest() {
        gateway.routing.open();
        gateway.put(inventory.in(PluginState.WAITING, "It waits."), reports);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void leavesOutWhatFailsThreeTimesInARow() throws Exception {
        FakeRemote.Program bad = starts("http://10.0.0.1:9000", request -> Response.status(503));
        starts("http://10.0.0.2:9000", request -> Response.text("good"));

        for (int i = 0; i < 100; i++) {
            assertThat(gateway.ask(reports, "inventory.products", "/products")).isEqualTo("good");
        }

        assertThat(bad.came).hasSize(3);
        assertThat(gateway.services.discover("inventory.products", Optional.empty()))
                .extracting(instance -> instance.status())
                .containsExactly("HEALTHY", "UNAVAILABLE");
    }

    @Test
    void showsTheLastOneAsItIsRouted() throws Exception {
        starts("http://10.0.0.1:9000", request -> Response.status(503));
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> gateway.ask(reports, "inventory.products", "/products"))
                    .isInstanceOf(ServiceException.class);
        }

        assertThat(gateway.services.discover("inventory.products", Optional.empty()))
                .extracting(instance -> instance.status())
                .containsExactly("DEGRADED");
        assertThat(gateway.services.list())
                .filteredOn(instance -> instance.location().equals("remote"))
                .extracting(instance -> instance.status())
                .containsExactly("DEGRADED");
    }

    @Test
    void leavesNobodyOutForABoundOfOurs() throws Exception {
        starts("http://10.0.0.1:9000", request -> {
            throw new RemoteFault(RemoteFault.Kind.BUSY, "all 64 are in use (the.key)", new IOException("busy"));
        });
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> gateway.ask(reports, "inventory.products", "/products"))
                    .hasMessageMatching("The .* gets no more calls in this moment: all 64 are in use \\(the.key\\)\\.");
        }
        assertThat(gateway.services.discover("inventory.products", Optional.empty()))
                .extracting(instance -> instance.status())
                .containsExactly("HEALTHY");

        starts("http://10.0.0.2:9000", request -> Response.text("good"));
        for (int i = 0; i < 10; i++) {
            assertThat(gateway.ask(reports, "inventory.products", "/products")).isEqualTo("good");
        }
    }

    private FakeRemote.Program starts(String address, FakeRemote.Answers answers) {
        FakeRemote.Program program = gateway.remote.at(address, answers);
        gateway.registry.register(
                Announced.by("token-1", "inventory", Optional.of(inventory.manifest()), address, false));
        return program;
    }
}
