// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import dev.mortise.testkit.port.MapTenantDirectory;
import dev.mortise.testkit.port.OpenTenantPlugins;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectoryTenantsTest {
    private final TenantDirectory directory = new MapTenantDirectory()
            .add(new Tenant(new TenantId("t1"), "acme", "Acme", false))
            .add(new Tenant(new TenantId("t2"), "gone", "Gone", true))
            .add(new Tenant(new TenantId("t3"), "going", "Going", State.DELETING));
    private final OpenTenantPlugins installed = new OpenTenantPlugins();
    private final DirectoryTenants tenants =
            new DirectoryTenants(new PluginId("reports"), () -> Optional.of(directory), installed);

    @Test
    void runsATaskForATenantAsThePlugin() throws Exception {
        CallContext context = tenants.run(new TenantId("acme"), () -> BoundContext.require("test"));

        assertThat(context.tenant()).hasValue(new TenantId("t1"));
        assertThat(context.identity().plugin()).hasValue("reports");
        assertThat(context.caller()).hasValue("reports");
        assertThat(BoundContext.find()).isEmpty();
    }

    @Test
    void refusesTenantsThatThePluginIsNotThereFor() {
        installed.stand("t1", "reports", Standing.ABSENT);
        assertThatThrownBy(() -> tenants.run(new TenantId("acme"), () -> true))
                .hasMessage("Plugin 'reports' is not enabled for tenant 'acme'.");

        installed.stand("t1", "reports", new Standing.Closed("It is stopped."));
        assertThatThrownBy(() -> tenants.run(new TenantId("acme"), () -> true))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_NOT_READY))
                .hasMessage("It is stopped.");
    }

    @Test
    void refusesTenantsThatAreUnknownOrSuspended() {
        assertThatThrownBy(() -> tenants.run(new TenantId("nobody"), () -> true))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> tenants.run(new TenantId("gone"), () -> true))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANT_SUSPENDED));
    }

    @Test
    void saysWhetherATenantMayComeBack() {
        assertThatThrownBy(() -> tenants.run(new TenantId("gone"), () -> true))
                .hasMessage("Tenant 'gone' is suspended; plugin 'reports' can't work for it now.");
        assertThatThrownBy(() -> tenants.run(new TenantId("going"), () -> true))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TENANT_SUSPENDED))
                .hasMessage("Tenant 'going' is being deleted; plugin 'reports' can't work for it any more.");
    }
}
