// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.registry.RegistrySettings;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.admin.Registry.Claim;
import dev.mortise.kernel.admin.Registry.Outcome;
import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.kernel.admin.Services;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceHealth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may hold a place in the registry, and how long. */
@Timeout(30)
class RegistryTest {
    private static final String ADDRESS = "http://10.0.0.1:9000";
    private static final Duration HOUR = Duration.ofHours(1);

    private TestGateway gateway = open(HOUR, Duration.ofHours(2), Duration.ofHours(3));

    private static TestGateway open(Duration heartbeat, Duration stale, Duration forget) {
        TestGateway gateway = new TestGateway(TestGateway.settings(new RegistrySettings(
                heartbeat, stale, forget, TestGateway.REGISTRY.each(), TestGateway.REGISTRY.asking())));
        gateway.routing.open();
        return gateway.put(TestPlugin.inventory());
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void takesInAServiceThatIsKnownHere() {
        Registered.Done done = good(order("inventory.products", "1.0.0"));

        Services.Instance there = elsewhere().get(0);
        assertThat(there.serviceId()).isEqualTo(done.services().get(0).serviceId());
        assertThat(there.location()).isEqualTo("remote");
        assertThat(there.nodeId()).isEqualTo("unnamed");
        assertThat(there.status()).isEqualTo("HEALTHY");
        assertThat(there.address()).contains(ADDRESS);
        assertThat(done.ttl()).isEqualTo(Duration.ofHours(2));
        assertThat(done.heartbeat()).isEqualTo(HOUR);
        assertThat(done.toString()).doesNotContain(done.leaseToken()).doesNotContain(done.hopKey());
    }

    @Test
    void refusesWhatNobodyKnows() {
        assertThat(refused(order("inventory.products", "2.0.0")))
                .isEqualTo(new Registry.Refused(
                        ErrorCode.CONFLICT,
                        "No version of plugin 'inventory' that is known here offers 'inventory.products' in version 2.0.0."
                                + " Send its plugin.json as \"manifest\", or deploy it."));
    }

    @Test
    void takesInAManifestOfAVersionThatIsNot() {
        PluginManifest next = plugin("inventory")
                .version("2.0.0")
                .endpoint("GET", "/products")
                .offers("inventory.products", "2.0.0")
                .manifest();

        good(order("inventory", Optional.of(next), ADDRESS, "token-1", false));

        assertThat(gateway.services.discover("inventory.products", Optional.of("^2.0.0")))
                .singleElement()
                .satisfies(instance -> assertThat(instance.pluginVersion()).isEqualTo("2.0.0"));
    }

    @Test
    void leavesAServiceToThePluginThatOwnsIt() {
        PluginManifest squatter = plugin("squatter")
                .endpoint("GET", "/products")
                .offers("inventory.products", "1.0.0")
                .manifest();

        Registry.Refused refused = refused(order("squatter", Optional.of(squatter), ADDRESS, "token-1", false));

        assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refused.detail())
                .startsWith("Service 'inventory.products' belongs to plugin 'inventory'; plugin 'squatter' can't");
    }

    @Test
    void refusesAnAddressThatCallsMayNotGoTo() {
        Registry.Refused refused = refused(order("inventory", Optional.empty(), "http://169.254.169.254", "t", false));

        assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(elsewhere()).isEmpty();
    }

    @Test
    void letsNobodyElseTakeAPlaceOver() {
        Registered.Done first = good(order("inventory", Optional.empty(), ADDRESS, "token-1", false));

        assertThat(refused(order("inventory", Optional.empty(), ADDRESS, "token-2", false))
                        .code())
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(gateway.registry.heartbeat(claim(first))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void refusesAnIncarnationThatRegisteredAnew() {
        Registered.Done first = good(order("inventory.products", "1.0.0"));
        Registered.Done second = good(order("inventory.products", "1.0.0"));

        assertThat(elsewhere()).hasSize(1);
        assertThat(code(gateway.registry.heartbeat(new Claim(
                        Optional.of("inventory"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("inventory.products"),
                        Optional.of(first.leaseToken())))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(gateway.registry.heartbeat(claim(first))))
                .as("by its id")
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(gateway.registry.heartbeat(claim(second))).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void hearsOfAnInstanceOnlyFromItsPluginWithItsToken() {
        Registered.Done done = good(order("inventory.products", "1.0.0"));
        String id = done.services().get(0).serviceId();

        assertThat(code(gateway.registry.deregister(Announced.claim("crm", id, Optional.of(done.leaseToken())))))
                .isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(code(gateway.registry.deregister(Announced.claim("inventory", id, Optional.empty()))))
                .isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(code(gateway.registry.deregister(Announced.claim("inventory", id, Optional.of("guessed")))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(gateway.registry.deregister(Announced.claim("inventory", "nobody", Optional.of("guessed")))))
                .isEqualTo(ErrorCode.SERVICE_NOT_FOUND);
        assertThat(elsewhere()).hasSize(1);

        assertThat(gateway.registry.deregister(Announced.administrator(done))).isInstanceOf(Outcome.Done.class);
        assertThat(elsewhere()).isEmpty();
        assertThat(gateway.remote.closed).containsExactly(ADDRESS);
    }

    @Test
    void leavesBundlesToTheirDeployment() {
        String bundle = gateway.services.list().get(0).serviceId();

        assertThat(code(gateway.registry.setHealth(
                        Announced.claim("inventory", bundle, Optional.of("any")), ServiceHealth.UNAVAILABLE)))
                .isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void routesNotWhatSaysThatItIsUnavailableUntilAHeartbeat() {
        Registered.Done done = good(order("inventory.products", "1.0.0"));

        gateway.registry.setHealth(claim(done), ServiceHealth.UNAVAILABLE);
        assertThat(gateway.services.discover("inventory.products", Optional.empty()))
                .hasSize(1);

        assertThat(gateway.registry.heartbeat(claim(done))).isEqualTo(new Outcome.Done(ServiceHealth.HEALTHY));
        assertThat(gateway.services.discover("inventory.products", Optional.empty()))
                .hasSize(2);
    }

    @Test
    void keepsWhatADegradedOneSaidOverItsHeartbeats() {
        Registered.Done done = good(order("inventory.products", "1.0.0"));

        gateway.registry.setHealth(claim(done), ServiceHealth.DEGRADED);

        assertThat(gateway.registry.heartbeat(claim(done))).isEqualTo(new Outcome.Done(ServiceHealth.DEGRADED));
    }

    @Test
    void findsOutByItselfWhoIsSilent() {
        gateway.close();
        gateway = open(Duration.ofMillis(50), Duration.ofMillis(100), HOUR);
        Registered.Done done = good(order("inventory.products", "1.0.0"));

        for (int i = 0; i < 2; i++) {
            await().until(() -> elsewhere().get(0).status().equals("UNAVAILABLE"));
            assertThat(gateway.registry.heartbeat(claim(done))).isEqualTo(new Outcome.Done(ServiceHealth.HEALTHY));
        }
    }

    @Test
    void forgetsWhoIsSilentForLong() {
        gateway.close();
        gateway = open(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(300));
        Registered.Done done = good(order("inventory.products", "1.0.0"));

        await().until(() -> elsewhere().isEmpty());
        assertThat(code(gateway.registry.heartbeat(claim(done)))).isEqualTo(ErrorCode.SERVICE_NOT_FOUND);
    }

    @Test
    void asksWhoSendsNoHeartbeats() {
        gateway.close();
        gateway = open(Duration.ofMillis(20), Duration.ofMinutes(1), Duration.ofMinutes(2));
        AtomicReference<Response> page = new AtomicReference<>(Response.status(500));
        FakeRemote.Program program = gateway.remote.at(ADDRESS, request -> page.get());

        good(order("inventory", Optional.empty(), ADDRESS, "token-1", true));

        assertThat(elsewhere().get(0).status()).isEqualTo("UNAVAILABLE");
        await().until(() -> !program.came.isEmpty());
        page.set(Response.text("{\"status\":\"ok\",\"checks\":{}}"));
        await().until(() -> elsewhere().get(0).status().equals("HEALTHY"));
        page.set(Response.text("{\"status\":\"degraded\"}"));
        await().until(() -> elsewhere().get(0).status().equals("DEGRADED"));
        page.set(Response.text("no JSON"));
        await().until(() -> elsewhere().get(0).status().equals("UNAVAILABLE"));
        assertThat(program.targets()).containsOnly("GET /health");
    }

    @Test
    void takesAPluginsServicesAwayOneByOne() {
        PluginManifest two = plugin("crm")
                .endpoint("GET", "/contacts")
                .offers("crm.contacts", "1.0.0")
                .endpoint("GET", "/deals")
                .offers("crm.deals", "1.0.0")
                .manifest();
        Registered.Done done = good(order("crm", Optional.of(two), ADDRESS, "token-1", false));
        assertThat(done.services())
                .extracting(Registry.Place::serviceName)
                .containsExactly("crm.contacts", "crm.deals");

        for (Registry.Place place : done.services()) {
            assertThat(gateway.registry.deregister(
                            Announced.claim("crm", place.serviceId(), Optional.of(done.leaseToken()))))
                    .isInstanceOf(Outcome.Done.class);
            assertThat(gateway.services.discover(place.serviceName(), Optional.empty()))
                    .isEmpty();
        }
        assertThat(gateway.remote.closed).containsExactly(ADDRESS);
    }

    private List<Services.Instance> elsewhere() {
        return gateway.services.list().stream()
                .filter(instance -> instance.location().equals("remote"))
                .toList();
    }

    private Registered.Done good(Registry.Registration order) {
        Registered registered = gateway.registry.register(order);
        assertThat(registered).isInstanceOf(Registered.Done.class);
        return (Registered.Done) registered;
    }

    private Registry.Refused refused(Registry.Registration order) {
        Registered registered = gateway.registry.register(order);
        assertThat(registered).isInstanceOf(Registered.Not.class);
        return ((Registered.Not) registered).refused();
    }

    private static ErrorCode code(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Not.class);
        return ((Outcome.Not) outcome).refused().code();
    }

    private static Claim claim(Registered.Done done) {
        return Announced.claim("inventory", done);
    }

    private static Registry.Registration order(String service, String version) {
        return new Registry.Registration(
                "token-1",
                "inventory",
                Optional.empty(),
                Optional.of(service),
                Optional.of(version),
                ADDRESS,
                Optional.empty(),
                false,
                Optional.empty());
    }

    private static Registry.Registration order(
            String plugin, Optional<PluginManifest> manifest, String address, String announcer, boolean poll) {
        return Announced.by(announcer, plugin, manifest, address, poll);
    }
}
