// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.model.PluginId;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code migration list}. */
@Component(
        service = MigrationCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=migration"})
public final class MigrationCommands {
    private static final Usage LIST =
            Usage.of("migration list <id>", "lists the migrations that were applied for a plugin");
    static final List<Usage> USAGES = List.of(LIST);

    private final Slot<Migrations> migrations = new Slot<>("migrations");
    private final Verbs verbs = new Verbs().with(LIST, given -> list(given.at(0)));

    /** Makes the command; it answers in words until the database is there. */
    @Activate
    public MigrationCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMigrations(Migrations service) {
        migrations.put(service);
    }

    void unbindMigrations(Migrations service) {
        migrations.remove(service);
    }

    /** Answers the migrations that were applied for a plugin. */
    public Object migration(String[] words) {
        return verbs.run(words);
    }

    private Object list(String id) {
        return PluginId.valid(id)
                ? migrations.ask(all -> new MigrationList(id, all.list(new PluginId(id))))
                : Sentence.unknownPlugin(id);
    }
}
