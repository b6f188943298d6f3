// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.runtime.FakeFleet;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import dev.mortise.testkit.port.MapTenantDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerOrdersTest {
    private static final PluginId EMAIL = new PluginId("email");
    private static final TenantId ACME = new TenantId("acme.2");

    private final FakeFleet fleet = new FakeFleet();
    private final MapTenantDirectory tenants = new MapTenantDirectory()
            .add(new Tenant(ACME, "acme", "Acme", false))
            .add("beta");
    private List<PluginId> withProcesses = List.of(EMAIL);
    private PluginState state = PluginState.READY;
    private final WorkerOrders orders = new WorkerOrders(
            () -> new HostSnapshot(1, Map.of(EMAIL, List.of(Views.of(plugin("email"), state, "", true))), List.of()),
            () -> Optional.of(fleet),
            id -> withProcesses.contains(id) ? List.of(fleet) : List.of(),
            () -> Optional.of(tenants),
            id -> List.of(ACME));

    private void refused(String plugin, Optional<String> tenant, String sentence) {
        assertThatThrownBy(() -> orders.command(new PluginId(plugin), Command.START, tenant, Optional.empty()))
                .hasMessage(sentence);
        assertThat(fleet.events).isEmpty();
    }

    @Test
    void knowTenantsByWhatPeopleCallThem() {
        fleet.becomes("acme.2", RuntimeState.READY);

        List<Worker> after = orders.command(EMAIL, Command.STOP, Optional.of("acme"), Optional.of(0));

        assertThat(fleet.events).containsExactly("STOP acme.2 0");
        assertThat(after).extracting(Worker::tenant).containsExactly(Optional.of("acme"));
    }

    @Test
    void findATenantByIdToo() {
        fleet.becomes("acme.2", RuntimeState.READY);

        assertThat(orders.find(EMAIL, Optional.of("acme.2"), Optional.empty())).hasSize(1);
        assertThat(orders.find(EMAIL, Optional.of("acme"), Optional.empty())).hasSize(1);
        assertThat(orders.find(EMAIL, Optional.of("beta"), Optional.empty())).isEmpty();
    }

    @Test
    void sayWhatStandsAgainstThem() {
        refused("crm", Optional.empty(), "There is no plugin 'crm' here. 'plugins' lists those there are.");
        refused("email", Optional.of("nobody"), "There is no tenant 'nobody'. 'tenants' lists those there are.");
        refused(
                "email",
                Optional.of("beta"),
                "Plugin 'email' does not serve tenant 'beta', so it has no process for it. 'enable beta email' enables it"
                        + " there.");
        withProcesses = List.of();
        refused(
                "email",
                Optional.empty(),
                "Plugin 'email' has no process: it does not run as 'worker'. 'move email worker' moves it, if its"
                        + " plugin.json lists that.");
        state = PluginState.FAILED;
        refused("email", Optional.empty(), "Plugin 'email' has no process: it is FAILED. 'why email' says why.");
    }
}
