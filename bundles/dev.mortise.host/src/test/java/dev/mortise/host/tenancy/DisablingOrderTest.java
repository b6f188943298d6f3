// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Installations.Installation;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisablingOrderTest {
    private final House house = new House(Policy.ALL)
            .deploy(plugin("inventory").offers("inventory.products"))
            .deploy(plugin("reports").needs("inventory.products", "^1.0.0"))
            .deploy(plugin("board").needs("reports", "reports.sums", "^1.0.0").needs("inventory.products", "^1.0.0"))
            .deploy(plugin("alarm").needs("board", "board.lines", "^1.0.0"))
            .deploy(plugin("zoo").needs("reports", "reports.sums", "^1.0.0"));

    @Test
    void namesAllThatNeedThePluginInTurn() {
        house.orders.disable("acme", "zoo", false);

        assertThatThrownBy(() -> house.orders.disable("acme", "inventory", false))
                .isInstanceOfSatisfying(
                        MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessage(
                        "Plugin 'inventory' is needed by 'board', 'reports' for tenant 'acme'. Disable them first, or"
                                + " force it: they take no calls until it is enabled again. Others need them in turn; all go in this"
                                + " order: 'alarm', 'board', 'reports'.");
    }

    /** What needs it is no obstacle to what is so already. */
    @Test
    void saysThatItIsDisabledAlready() {
        house.orders.disable("acme", "inventory", true);
        int written = house.store.written.size();

        for (boolean force : List.of(false, true)) {
            assertThat(house.orders.disable("acme", "inventory", force))
                    .extracting(Installation::enabled, Installation::reason)
                    .containsExactly(false, "It was disabled for this tenant.");
        }
        assertThat(house.store.written).hasSize(written);
    }

    @Test
    void canBeKeptTo() {
        for (String plugin : List.of("zoo", "alarm", "board", "reports", "inventory")) {
            assertThat(house.orders.disable("acme", plugin, false).enabled()).isFalse();
        }
    }
}
