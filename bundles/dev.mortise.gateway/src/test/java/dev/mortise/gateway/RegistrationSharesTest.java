// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.gateway.registry.RegistrySettings;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.testkit.port.MemoryMeters;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One credential may have so many instances registered: two, here. */
@Timeout(30)
class RegistrationSharesTest {
    private static final String ADDRESS = "http://10.0.0.1:900";

    private final MemoryMeters meters = new MemoryMeters();
    private final TestGateway gateway = new TestGateway(TestGateway.settings(new RegistrySettings(
            Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofHours(1), 2, TestGateway.REGISTRY.asking())));

    @BeforeEach
    void open() {
        gateway.routing.open();
        gateway.put(TestPlugin.inventory());
        gateway.neighbours.bindMeters(meters);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void refusesOneTooManyAndNamesTheLimit() {
        good("token-1", 0);
        good("token-1", 1);

        Registry.Refused refused = ((Registered.Not) register("token-1", 2)).refused();

        assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refused.detail())
                .isEqualTo("'token-1' has 2 instances registered, as many as one credential may have (registry.each)."
                        + " Deregister one.");
        assertThat(gateway.remote.closed).containsExactly(ADDRESS + 2);
        assertThat(meters.of("mortise.registrations")).containsValue(2L);
    }

    @Test
    void countsEachCredentialByItselfAndAPlaceThatIsTakenAnewOnce() {
        good("token-1", 0);
        good("token-1", 1);
        good("token-1", 1);
        good("token-2", 2);

        assertThat(meters.of("mortise.registrations")).containsValue(3L);
        assertThat(meters.of("mortise.registrations.largest")).containsValue(2L);
    }

    @Test
    void takesOneInAgainWhenAnotherLeft() {
        Registered.Done done = good("token-1", 0);
        good("token-1", 1);
        gateway.registry.deregister(Announced.claim("inventory", done));

        good("token-1", 2);
    }

    @Test
    void letsASilentOneMakeRoom() {
        good("token-1", 0);
        Registered.Done alive = good("token-1", 1);

        await().until(() -> {
            gateway.registry.heartbeat(Announced.claim("inventory", alive));
            return register("token-1", 2) instanceof Registered.Done;
        });

        assertThat(gateway.registry.count()).isEqualTo(2);
        assertThat(gateway.remote.closed).contains(ADDRESS + 0);
    }

    private Registered.Done good(String announcer, int number) {
        return (Registered.Done) register(announcer, number);
    }

    private Registered register(String announcer, int number) {
        return gateway.registry.register(
                Announced.by(announcer, "inventory", Optional.empty(), ADDRESS + number, false));
    }
}
