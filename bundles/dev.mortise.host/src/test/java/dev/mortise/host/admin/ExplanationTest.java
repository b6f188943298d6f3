// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.testkit.PluginBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final PluginId REPORTS = new PluginId("reports");
    private static final Problem BROKEN = new Problem.StartProblem("It broke.", "Mend it.");

    private final Map<PluginId, List<VersionView>> views = new LinkedHashMap<>();
    private final PluginBuilder inventory = plugin("inventory").offers("inventory.products", "1.5.0");
    private final PluginBuilder reports = plugin("reports").needs("inventory.products", "^2.0.0");

    @Test
    void tellsAMismatchWithWhatAlmostFits() {
        add(inventory, PluginState.READY, "");
        Problem problem = new Problem.VersionMismatch(REPORTS, need(reports), 0, new Version("1.5.0"));
        add(reports, PluginState.WAITING, problem.message(), problem);

        Why why = why("reports");

        assertThat(why.summary())
                .isEqualTo("Version mismatch for inventory.products: requires ^2.0.0, installed 1.5.0. Deploy"
                        + " inventory.products 2.x or relax the range in plugin 'reports'.");
        assertThat(why.chain()).containsExactly("reports", "inventory");
        Why.Item item = why.problems().get(0);
        assertThat(item.required()).hasValue("^2.0.0");
        assertThat(item.found()).hasValue("1.5.0");
        assertThat(item.pointer()).hasValue("/api/dependencies/0");
        assertThat(item.nearest())
                .hasValue(new Why.Nearest(
                        "inventory", "1.0.0", "It offers inventory.products 1.5.0, which is outside ^2.0.0."));
    }

    @Test
    void saysOfAProviderWithoutTheServiceThatItDoesNotOfferIt() {
        add(inventory, PluginState.STARTING, "");
        Problem problem = Problem.NotOffered.by(inventory.manifest(), REPORTS, need(reports), 0);
        add(reports, PluginState.WAITING, problem.message(), problem);

        Why why = why("reports");

        assertThat(why.chain()).containsExactly("reports", "inventory");
        assertThat(why.problems()).singleElement().satisfies(item -> {
            assertThat(item.code()).isEqualTo("MISSING_DEPENDENCY");
            assertThat(item.pointer()).hasValue("/api/dependencies/0");
            assertThat(item.nearest())
                    .hasValue(new Why.Nearest("inventory", "1.0.0", "It does not offer inventory.products."));
        });
    }

    @Test
    void leadsAlongTheChainToTheCause() {
        PluginBuilder mailer = plugin("mailer").needs("reports.generator", "*");
        Problem missing = new Problem.MissingDependency(REPORTS, need(reports), 0);
        add(reports, PluginState.WAITING, missing.message(), missing);
        Problem waits = new Problem.ProviderNotReady(
                new PluginId("mailer"), need(mailer), 0, PluginState.WAITING, missing.message());
        add(mailer, PluginState.WAITING, waits.message(), waits);

        Why why = why("mailer");

        assertThat(why.chain()).containsExactly("mailer", "reports", "inventory");
        assertThat(why.problems().get(0).nearest().orElseThrow().whyNot())
                .startsWith("It is WAITING. Missing required");
    }

    @Test
    void tellsTheProblemsOfANewerVersionBesideTheOneThatServes() {
        add(inventory, PluginState.READY, "");
        add(inventory.version("1.1.0"), PluginState.FAILED, "It broke.", BROKEN);

        Why why = why("inventory");

        assertThat(why.state()).isEqualTo(PluginState.READY);
        assertThat(why.summary()).isEqualTo("Plugin 'inventory' 1.0.0 is READY. Version 1.1.0 is FAILED: It broke.");
        assertThat(why.remedy()).hasValue("Mend it.");
        assertThat(why.problems()).singleElement().satisfies(item -> {
            assertThat(item.code()).isEqualTo("START");
            assertThat(item.message()).isEqualTo("Version 1.1.0 is FAILED: It broke.");
            assertThat(item.remedy()).isEqualTo("Mend it.");
        });
    }

    @Test
    void putsTheNewestOfSeveralVersionsThatFailedFirst() {
        add(inventory, PluginState.READY, "");
        add(inventory.version("1.1.0"), PluginState.FAILED, "It broke.", BROKEN);
        add(
                inventory.version("1.10.0"),
                PluginState.FAILED,
                "It broke too.",
                new Problem.StartProblem("It broke too.", "Mend it too."));

        Why why = why("inventory");

        assertThat(why.remedy()).hasValue("Mend it too.");
        assertThat(why.problems()).extracting(Why.Item::remedy).containsExactly("Mend it too.", "Mend it.");
    }

    @Test
    void putsThePluginsOwnProblemBeforeThoseOfOtherVersions() {
        add(inventory, PluginState.DEGRADED, "It limps.", new Problem.HealthProblem("It limps.", "Rest."));
        add(inventory.version("1.1.0"), PluginState.QUARANTINED, "It failed 3 times. It broke.", BROKEN);

        Why why = why("inventory");

        assertThat(why.summary()).isEqualTo("It limps. Version 1.1.0 is QUARANTINED: It failed 3 times. It broke.");
        assertThat(why.remedy()).hasValue("Rest.");
        assertThat(why.problems())
                .extracting(Why.Item::message)
                .containsExactly("It limps.", "Version 1.1.0 is QUARANTINED: It failed 3 times. It broke.");
    }

    @Test
    void findsNoProblemWhenAllIsWellAndTellsWarnings() {
        add(inventory, PluginState.READY, "");

        assertThat(why("inventory"))
                .isEqualTo(new Why(
                        "inventory",
                        "1.0.0",
                        PluginState.READY,
                        "Plugin 'inventory' 1.0.0 is READY.",
                        Optional.empty(),
                        List.of("inventory"),
                        List.of(),
                        List.of("It is old.")));
    }

    private Why why(String plugin) {
        return new Explanation(new HostSnapshot(7, views, List.of()))
                .of(new PluginId(plugin))
                .orElseThrow();
    }

    private void add(PluginBuilder builder, PluginState state, String reason, Problem... problems) {
        boolean first = !views.containsKey(builder.manifest().id());
        VersionView view = Views.of(builder, state, reason, first, problems);
        views.computeIfAbsent(view.id(), id -> new ArrayList<>()).add(view);
    }

    private static Dependency need(PluginBuilder builder) {
        return builder.manifest().dependencies().get(0);
    }
}
