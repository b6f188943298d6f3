// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginId;
import org.junit.jupiter.api.Test;

final class ToolNameTest {
    private static final PluginId SHOP = new PluginId("work-shop");

    @Test
    void hasOnlyWhatEveryModelTakes() {
        assertThat(ToolName.of(SHOP, "find_it")).isEqualTo("work-shop_find_it");
        assertThat(ToolName.of(SHOP, "a.b/c d")).isEqualTo("work-shop_a_b_c_d");
        assertThat(ToolName.of(SHOP, "x".repeat(200))).hasSize(64).matches("work-shop_x+_[0-9a-f]{8}");
        assertThat(ToolName.of(SHOP, "x".repeat(200))).isNotEqualTo(ToolName.of(SHOP, "x".repeat(201)));
    }

    @Test
    void tellsWhoseItIs() {
        assertThat(ToolName.plugin(ToolName.of(SHOP, "find_it"))).contains(SHOP);
        assertThat(ToolName.plugin("nothing")).isEmpty();
        assertThat(ToolName.plugin("_x")).isEmpty();
        assertThat(ToolName.plugin("A_x")).isEmpty();
    }
}
