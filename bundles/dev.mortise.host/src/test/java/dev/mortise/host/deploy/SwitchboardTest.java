// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.World.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.Routing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SwitchboardTest {
    private final List<Routing.Change> taken = new ArrayList<>();
    private boolean broken;
    private final Switchboard switchboard = new Switchboard(
            new Routing() {
                @Override
                public void open() {}

                @Override
                public void apply(Change change) {
                    if (broken) {
                        throw new IllegalStateException("It can't take this.");
                    }
                    taken.add(change);
                }

                @Override
                public CompletionStage<Void> drained(PluginIdentity plugin) {
                    return CompletableFuture.completedFuture(null);
                }
            },
            Optional::empty);

    @Test
    void tellsOnlyNews() {
        Row row = new Row(plugin("some", "1.0.0").artifact(), Clock.systemUTC());

        switchboard.show(Map.of(row.id(), Switchboard.Line.of(row)));
        switchboard.show(Map.of(row.id(), Switchboard.Line.of(row)));
        switchboard.show(Map.of());

        assertThat(taken).hasSize(2);
        assertThat(taken.get(1).remove()).containsExactly(new PluginId("some"));
    }

    @Test
    void tellsAgainWhatWasNotTaken() {
        Row row = new Row(plugin("some", "1.0.0").artifact(), Clock.systemUTC());
        broken = true;
        assertThatThrownBy(() -> switchboard.show(Map.of(row.id(), Switchboard.Line.of(row))))
                .hasMessage("It can't take this.");

        broken = false;
        switchboard.show(Map.of(row.id(), Switchboard.Line.of(row)));

        assertThat(taken).hasSize(1);
    }
}
