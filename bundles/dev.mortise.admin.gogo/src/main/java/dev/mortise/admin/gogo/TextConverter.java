// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Connections.Begun;
import dev.mortise.kernel.admin.Health;
import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.PluginGraph;
import dev.mortise.kernel.admin.PluginList;
import dev.mortise.kernel.admin.PluginSummary;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Rehearsal;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Prints what the commands answer; Gogo asks it for every object, so pipes still get the objects themselves. */
@Component
public final class TextConverter implements Converter {
    private final Map<Class<?>, Function<Object, Page>> texts = new HashMap<>();

    /** Makes the converter on the clock of the machine. */
    @Activate
    public TextConverter() {
        this(Clock.systemUTC());
    }

    TextConverter(Clock clock) {
        addWorkers(new WorkerTexts(clock));
        PluginTexts plugins = new PluginTexts(clock);
        DeploymentTexts deployments = new DeploymentTexts(clock);
        ServiceTexts services = new ServiceTexts(clock);
        MigrationTexts migrations = new MigrationTexts(clock);
        ContainerTexts container = new ContainerTexts(clock);
        add(Manual.class, TextConverter::manual);
        add(Sentence.class, sentence -> new Page().line(sentence.text()));
        add(PluginList.class, plugins::list);
        add(PluginSummary.class, plugins::summary);
        add(PluginDetail.class, plugins::detail);
        add(Why.class, plugins::why);
        add(PluginGraph.class, plugins::graph);
        add(Dependencies.class, plugins::dependencies);
        add(DeploymentList.class, deployments::list);
        add(Deployment.class, deployments::one);
        add(Preview.Planned.class, deployments::plan);
        add(Preview.NotTaken.class, refused -> deployments.notTaken(refused.message(), refused.problems()));
        add(Preview.Unavailable.class, now -> new Page().line(now.message()));
        add(Change.Accepted.class, deployments::accepted);
        add(Change.Refused.class, deployments::refused);
        add(Change.NotTaken.class, refused -> deployments.notTaken(refused.message(), refused.problems()));
        add(Change.Unknown.class, unknown -> new Page().line(unknown.message()));
        add(Change.Unavailable.class, now -> new Page().line(now.message()));
        add(ServiceList.class, services::all);
        add(ServiceOffers.class, services::one);
        add(RouteList.class, container::routes);
        add(Migrations.History.class, migrations::history);
        add(MigrationsRunning.class, migrations::running);
        add(Rehearsal.class, migrations::rehearsal);
        add(Uninstalled.class, gone -> deployments.one(gone.deployment()).line(gone.stays()));
        add(TokenList.class, container::tokens);
        add(Tokens.Created.Made.class, container::made);
        add(TenantList.class, container::tenants);
        add(InstallationList.class, container::installations);
        add(Configuration.class, ConfigTexts::page);
        add(Begun.class, ConfigTexts::begun);
        add(Health.Report.class, container::health);
    }

    private void addWorkers(WorkerTexts workers) {
        add(WorkerList.class, workers::all);
        add(WorkersInFull.class, workers::full);
    }

    @Override
    public @Nullable Object convert(Class<?> desired, Object in) {
        return null; // nothing of ours is read from text
    }

    @Override
    public @Nullable CharSequence format(Object target, int level, Converter escape) {
        Function<Object, Page> text = texts.get(target.getClass());
        return text == null ? null : text.apply(target).text(Width.of(escape));
    }

    private static Page manual(Manual manual) {
        Page page = new Page().line(manual.heading());
        manual.commands().forEach(command -> page.term(command.usage(), command.meaning()));
        return manual.more().isEmpty() ? page : page.line("").line(manual.more());
    }

    private <T> void add(Class<T> type, Function<T, Page> text) {
        texts.put(type, object -> text.apply(type.cast(object)));
    }
}
