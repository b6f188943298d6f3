// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.TenantDirectory.State;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LeavingTenantTest {
    private final House house = new House(Policy.ALL).deploy(plugin("reports"));

    @Test
    void isSeenAndNothingIsDecidedAboutIt() {
        house.tenants.add(new Tenant(House.ACME, "acme", "Acme", State.DELETING));

        for (ThrowingCallable order : List.<ThrowingCallable>of(
                () -> house.orders.enable("acme", "reports", true),
                () -> house.orders.disable("acme", "reports", true),
                () -> house.orders.restart("acme", "reports"))) {
            assertThatThrownBy(order)
                    .isInstanceOfSatisfying(
                            MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                    .hasMessage("Tenant 'acme' is being deleted.");
        }
        assertThat(house.store.written).isEmpty();
        assertThat(house.orders.list("acme")).hasSize(1);
    }
}
