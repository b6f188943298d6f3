// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.gateway.registry.RegistrySettings;
import dev.mortise.kernel.admin.Registry.Outcome;
import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.kernel.model.ServiceHealth;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an administrator says of an instance holds until he says otherwise. */
@Timeout(30)
class DeclaredHealthTest {
    private static final String ADDRESS = "http://10.0.0.1:9000";

    private final TestGateway gateway = new TestGateway(TestGateway.settings(new RegistrySettings(
            Duration.ofMillis(20),
            Duration.ofSeconds(2),
            Duration.ofHours(1),
            TestGateway.REGISTRY.each(),
            TestGateway.REGISTRY.asking())));
    private final Registered.Done done = register();

    private Registered.Done register() {
        gateway.routing.open();
        gateway.put(TestPlugin.inventory());
        return (Registered.Done)
                gateway.registry.register(Announced.by("token-1", "inventory", Optional.empty(), ADDRESS, false));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "DEGRADED"})
    void staysOverWhatTheInstanceSays(ServiceHealth declared) {
        gateway.registry.setHealth(Announced.administrator(done), declared);

        assertThat(beat()).isEqualTo(declared);
        gateway.registry.setHealth(Announced.claim("inventory", done), ServiceHealth.HEALTHY);
        assertThat(beat()).isEqualTo(declared);
        assertThat(shown()).isEqualTo(declared.name());

        gateway.registry.setHealth(Announced.administrator(done), ServiceHealth.HEALTHY);
        assertThat(beat()).isEqualTo(ServiceHealth.HEALTHY);
        assertThat(shown()).isEqualTo("HEALTHY");
    }

    @Test
    void staysOverSilence() {
        await().until(() -> shown().equals("UNAVAILABLE"));

        gateway.registry.setHealth(Announced.administrator(done), ServiceHealth.DEGRADED);

        assertThat(beat()).isEqualTo(ServiceHealth.DEGRADED);
    }

    @Test
    void saysWhoSaidSo() {
        gateway.registry.setHealth(Announced.administrator(done), ServiceHealth.UNAVAILABLE);

        assertThat(gateway.routing.snapshot().elsewhereOf("inventory"))
                .singleElement()
                .satisfies(there -> assertThat(there.plugin().reason())
                        .startsWith("An administrator declared the instance of plugin 'inventory'"));
    }

    private ServiceHealth beat() {
        return ((Outcome.Done) gateway.registry.heartbeat(Announced.claim("inventory", done))).health();
    }

    private String shown() {
        return gateway.services.list().stream()
                .filter(instance -> instance.location().equals("remote"))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
