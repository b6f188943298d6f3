// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.auth.Authorizer;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.port.AuthContributions;
import dev.mortise.kernel.port.Routing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
                public String node() {
                    return "here";
                }

                @Override
                public void probe(List<Entry> candidates) {}

                @Override
                public CompletionStage<Void> drained(PluginIdentity plugin) {
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public Map<ServiceName, HeldService> heldElsewhere() {
                    return Map.of();
                }

                @Override
                public void whenHeldElsewhere(Runnable listener) {}
            },
            Optional::empty);

    @Test
    void tellsOnlyNews() {
        Row row = new Row(Wish.pending(plugin("some", "1.0.0").artifact(), Optional.empty()), Clock.systemUTC());

        switchboard.show(Map.of(row.id(), List.of(Switchboard.Line.of(row))));
        switchboard.show(Map.of(row.id(), List.of(Switchboard.Line.of(row))));
        switchboard.show(Map.of());

        assertThat(taken).hasSize(2);
        assertThat(taken.get(1).remove()).containsExactly(new PluginId("some"));
    }

    @Test
    void tellsAgainWhatWasNotTaken() {
        Row row = new Row(Wish.pending(plugin("some", "1.0.0").artifact(), Optional.empty()), Clock.systemUTC());
        broken = true;
        assertThatThrownBy(() -> switchboard.show(Map.of(row.id(), List.of(Switchboard.Line.of(row)))))
                .hasMessage("It can't take this.");

        broken = false;
        switchboard.show(Map.of(row.id(), List.of(Switchboard.Line.of(row))));

        assertThat(taken).hasSize(1);
    }

    @Test
    void neverLeavesAJudgeNeitherAskedNorExpected() {
        Row row = new Row(Wish.pending(judge(), Optional.empty()), Clock.systemUTC());
        Switchboard.Line away = Switchboard.Line.of(row);
        Switchboard.Line here = new Switchboard.Line(
                away.manifest(),
                away.digest(),
                PluginState.READY,
                "",
                away.since(),
                true,
                Optional.of(new Contribution(
                        "bundle",
                        getClass().getClassLoader(),
                        List.of(),
                        Routing.Tools.NONE,
                        List.of(request -> Authentication.noOpinion()),
                        List.of(),
                        Optional.empty(),
                        0,
                        0,
                        List.of())));
        List<String> heard = new ArrayList<>();
        Switchboard board = new Switchboard(new QuietRouting(), () -> Optional.of(new NotingContributions(heard)));

        board.show(Map.of(row.id(), List.of(away)));
        board.show(Map.of(row.id(), List.of(here)));
        board.show(Map.of(row.id(), List.of(away)));

        assertThat(heard)
                .containsExactly(
                        "expect [judge]",
                        "expect [judge]",
                        "expect [judge]",
                        "put judge",
                        "expect []",
                        "expect [judge]",
                        "remove judge",
                        "expect [judge]");
    }

    private static Artifact judge() {
        Artifact plain = plugin("judge", "1.0.0").artifact();
        return new Artifact(
                plain.digest(),
                plain.file(),
                plain.manifest(),
                List.of(),
                Set.of("dev.mortise.api.auth.Authenticator"),
                List.of());
    }

    private record NotingContributions(List<String> heard) implements AuthContributions {
        @Override
        public void put(PluginIdentity plugin, List<Authenticator> authenticators, List<Authorizer> authorizers) {
            heard.add("put " + plugin.id());
        }

        @Override
        public void expect(Set<PluginId> plugins) {
            heard.add("expect " + plugins);
        }

        @Override
        public void remove(PluginIdentity plugin) {
            heard.add("remove " + plugin.id());
        }
    }

    private static final class QuietRouting implements Routing {
        @Override
        public void open() {}

        @Override
        public void apply(Change change) {}

        @Override
        public String node() {
            return "here";
        }

        @Override
        public void probe(List<Entry> candidates) {}

        @Override
        public CompletionStage<Void> drained(PluginIdentity plugin) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Map<ServiceName, HeldService> heldElsewhere() {
            return Map.of();
        }

        @Override
        public void whenHeldElsewhere(Runnable listener) {}
    }
}
