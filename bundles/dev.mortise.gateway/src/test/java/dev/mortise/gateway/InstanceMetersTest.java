// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.testkit.port.MemoryMeters;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceMetersTest {
    private static final String INSTANCES = "mortise.service.instances";

    private final TestGateway gateway = TestGateway.open(TestPlugin.inventory());
    private final MemoryMeters meters = new MemoryMeters();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void showHowManyAreHowWell() {
        Registered.Done first = register("http://10.0.0.1:9000");
        gateway.neighbours.bindMeters(meters);
        register("http://10.0.0.2:9000");

        gateway.registry.setHealth(Announced.claim("inventory", first), ServiceHealth.DEGRADED);

        assertThat(meters.of(INSTANCES))
                .isEqualTo(Map.of(
                        INSTANCES + "{health=healthy, service=inventory.products}", 1L,
                        INSTANCES + "{health=degraded, service=inventory.products}", 1L,
                        INSTANCES + "{health=unavailable, service=inventory.products}", 0L));
    }

    @Test
    void forgetAServiceThatNobodyOffersElsewhere() {
        gateway.neighbours.bindMeters(meters);
        Registered.Done done = register("http://10.0.0.1:9000");
        assertThat(meters.of(INSTANCES)).hasSize(3);

        gateway.registry.deregister(Announced.claim("inventory", done));

        assertThat(meters.of(INSTANCES)).isEmpty();
    }

    private Registered.Done register(String address) {
        return (Registered.Done)
                gateway.registry.register(Announced.by("token", "inventory", Optional.empty(), address, false));
    }
}
