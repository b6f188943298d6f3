// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginGraph;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.model.Version;
import dev.mortise.testkit.PluginBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DetailsTest {
    private static final PluginId STOCK = new PluginId("stock");

    private final HostSnapshot snapshot = new HostSnapshot(
            7,
            Map.of(
                    STOCK,
                    List.of(
                            view(stock("2.0.0"), PluginState.READY),
                            view(stock("1.5.0").needs("crm.contacts", "^1.0.0"), PluginState.DEGRADED),
                            Views.of(
                                    stock("3.0.0").needs("new.things", "^1.0.0"),
                                    PluginState.FAILED,
                                    "It broke.",
                                    false,
                                    new Problem.StartProblem("It broke.", "Mend it.")))),
            List.of());

    @Test
    void showsWhatAllVersionsThatServeOfferAndNeed() {
        PluginDetail detail = detail();

        assertThat(detail.services())
                .extracting(service -> service.version() + " " + service.health())
                .containsExactly("2.0.0 HEALTHY", "1.5.0 DEGRADED");
        assertThat(detail.dependencies())
                .extracting(PluginDetail.DependencyEntry::pluginId)
                .containsExactly("crm");
        assertThat(detail.routes()).hasSize(1);
    }

    @Test
    void tellsOfANewerVersionThatDoesNotComeUp() {
        assertThat(new Explanation(snapshot).of(STOCK).orElseThrow().summary()).contains("Version 3.0.0 is FAILED");
        assertThat(detail().warnings()).containsExactly("It is old.", "stock 3.0.0 is FAILED: It broke.");
    }

    private PluginDetail detail() {
        return detail(snapshot);
    }

    private static PluginDetail detail(HostSnapshot snapshot) {
        return new Details(snapshot, id -> Optional.empty(), id -> Optional.empty(), id -> Optional.empty())
                .of(STOCK)
                .orElseThrow();
    }

    @Test
    void aDependencyIsSatisfiedByWhatRunsElsewhere() {
        HeldService contacts = new HeldService(new PluginId("crm"), Set.of(new Version("1.4.0"), new Version("2.0.0")));
        HostSnapshot beside =
                new HostSnapshot(7, snapshot.plugins(), List.of(), Map.of(new ServiceName("crm.contacts"), contacts));

        assertThat(detail(beside).dependencies())
                .extracting(PluginDetail.DependencyEntry::resolvedVersion)
                .containsExactly(Optional.of("1.4.0"));
        assertThat(detail().dependencies())
                .extracting(PluginDetail.DependencyEntry::satisfied)
                .containsExactly(false);
    }

    @Test
    void countsADependentThatServesBesideAnother() {
        Relations relations = new Relations(snapshot);

        assertThat(relations.dependents(new PluginId("crm"))).containsExactly(STOCK);
        assertThat(relations.dependents(new PluginId("new"))).isEmpty();
        assertThat(relations.graph().edges()).extracting(PluginGraph.Edge::to).containsExactly("crm");
    }

    private static PluginBuilder stock(String version) {
        return plugin("stock").version(version).offers("stock.items", version);
    }

    private static VersionView view(PluginBuilder builder, PluginState state) {
        return Views.of(builder, state, "", true);
    }
}
