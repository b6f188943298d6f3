// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.admin.Registry.Refused;
import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.kernel.admin.Services;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service name belongs to one plugin, whoever offers it where. */
class ServiceOwnersTest {
    private static final String HERS = "http://10.0.0.1:9000";
    private static final String HIS = "http://10.0.0.2:9000";

    private final TestGateway gateway = TestGateway.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void goesToTheFirstOfTwoThatRegisterAtOnce() {
        gateway.remote.meanwhile.set(() -> assertThat(register("hers", HERS)).isInstanceOf(Registered.Done.class));

        Refused refused = refused("his", HIS);

        assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refused.detail())
                .isEqualTo("Service 'shop.carts' belongs to plugin 'hers'; plugin 'his' can't offer it too. Give it a"
                        + " name of its own.");
        assertThat(gateway.remote.closed).containsExactly(HIS);
        assertThat(gateway.services.list())
                .extracting(Services.Instance::pluginId)
                .containsExactly("hers");
    }

    @Test
    void goesToAPluginThatIsSwitchedInMeanwhile() {
        gateway.remote.meanwhile.set(() -> gateway.put(offers("hers")));

        assertThat(refused("his", HIS).detail()).startsWith("Service 'shop.carts' belongs to plugin 'hers'");
    }

    @Test
    void goesToAPluginThatStandsReady() {
        gateway.probe(offers("hers"));

        assertThat(refused("his", HIS).detail()).startsWith("Service 'shop.carts' belongs to plugin 'hers'");
    }

    @Test
    void tellsWhatIsHeldElsewhereAndWhenThatChanges() {
        List<Map<ServiceName, HeldService>> heard = new ArrayList<>();
        gateway.routing.whenHeldElsewhere(() -> heard.add(gateway.routing.heldElsewhere()));
        gateway.put(offers("here"));

        Registered.Done done = (Registered.Done) gateway.registry.register(
                Announced.by("token-1", "here", Optional.of(offers("here").manifest()), HERS, false));
        gateway.registry.heartbeat(Announced.claim("here", done));
        gateway.registry.deregister(Announced.claim("here", done));

        HeldService carts = new HeldService(new PluginId("here"), Set.of(new Version("1.0.0")));
        assertThat(heard).containsExactly(Map.of(new ServiceName("shop.carts"), carts), Map.of());
    }

    @Test
    void tellsOfItWithoutKeepingWriters() {
        List<Boolean> kept = new ArrayList<>();
        gateway.routing.whenHeldElsewhere(() -> kept.add(Thread.holdsLock(gateway.routing)));
        gateway.put(offers("here"));

        Registered.Done done = (Registered.Done) gateway.registry.register(
                Announced.by("token-1", "here", Optional.of(offers("here").manifest()), HERS, false));
        gateway.registry.deregister(Announced.claim("here", done));

        assertThat(kept).containsExactly(false, false);
    }

    private Registered register(String plugin, String address) {
        return gateway.registry.register(Announced.by(
                "token-" + plugin, plugin, Optional.of(offers(plugin).manifest()), address, false));
    }

    private Refused refused(String plugin, String address) {
        return ((Registered.Not) register(plugin, address)).refused();
    }

    private static TestPlugin offers(String plugin) {
        return plugin(plugin).endpoint("GET", "/carts").offers("shop.carts", "1.0.0");
    }
}
