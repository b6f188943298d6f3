// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Version;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PluginStepsTest {
    private static final PluginIdentity REPORTS = new PluginIdentity(new PluginId("reports"), new Version("1.0.0"));

    // as DESIGN.md section 5 writes them, but for the rule about FAILED
    private static final String EDGES = """
            STAGED→RESOLVED,WAITING,REJECTED · RESOLVED→MIGRATING,WAITING · MIGRATING→STARTING · STARTING→READY,DEGRADED ·
            READY→DEGRADED,WAITING,DRAINING · DEGRADED→READY,WAITING,DRAINING · WAITING→STAGED,READY,DEGRADED,DRAINING ·
            DRAINING→STOPPED · STOPPED→STAGED · FAILED→STAGED,QUARANTINED · REJECTED→STAGED · QUARANTINED→STAGED
            """;
    private static final Set<String> NEVER_FAIL = Set.of("STOPPED", "REJECTED", "QUARANTINED", "FAILED");

    @ParameterizedTest
    @MethodSource("allPairs")
    void takesTheStepsOfTheDesignAndNoOther(PluginState from, PluginState to) {
        boolean drawn = drawn().contains(from + "→" + to);

        assertThat(PluginSteps.legal(from, to)).isEqualTo(drawn);
        if (drawn) {
            assertThat(PluginSteps.step(REPORTS, from, to)).isEqualTo(to);
        } else {
            assertThatThrownBy(() -> PluginSteps.step(REPORTS, from, to))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("Plugin reports 1.0.0 can't step from " + from + " to " + to + "; ");
        }
    }

    @Test
    void saysWhatMayFollow() {
        assertThatThrownBy(() -> PluginSteps.step(REPORTS, PluginState.DRAINING, PluginState.READY))
                .hasMessage("Plugin reports 1.0.0 can't step from DRAINING to READY; after DRAINING come only"
                        + " [STOPPED, FAILED].");
    }

    @Test
    void leadsFromEveryStateToEveryOther() {
        for (PluginState from : PluginState.values()) {
            Set<PluginState> reached = new TreeSet<>(Set.of(from));
            int before;
            do {
                before = reached.size();
                Set.copyOf(reached).forEach(state -> reached.addAll(PluginSteps.after(state)));
            } while (reached.size() > before);
            assertThat(reached).as("from " + from).hasSize(PluginState.values().length);
        }
    }

    static Stream<Arguments> allPairs() {
        return Arrays.stream(PluginState.values())
                .flatMap(from -> Arrays.stream(PluginState.values()).map(to -> Arguments.of(from, to)));
    }

    private static Set<String> drawn() {
        Set<String> edges = new TreeSet<>();
        for (String line : EDGES.split("·", -1)) {
            String[] ends = line.strip().split("→", -1);
            Arrays.stream(ends[1].split(",", -1)).forEach(to -> edges.add(ends[0] + "→" + to));
        }
        Arrays.stream(PluginState.values())
                .map(Enum::name)
                .filter(state -> !NEVER_FAIL.contains(state))
                .forEach(state -> edges.add(state + "→FAILED"));
        return edges;
    }
}
