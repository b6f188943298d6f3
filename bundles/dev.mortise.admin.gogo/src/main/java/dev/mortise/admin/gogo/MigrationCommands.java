// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.admin.gogo.Usage.Words;
import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.model.PluginId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code migration}: what was applied, what runs, what a jar would do, and the way back. */
@Component(
        service = MigrationCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=migration"})
public final class MigrationCommands {
    private static final Usage LIST = Usage.of(
            "migration list <id>", "lists the migrations that were applied for a plugin, and what runs or was cut off");
    private static final Usage RUNNING =
            Usage.of("migration running", "shows the migrations that run now, and for whom they wait");
    private static final Usage PLAN = Usage.of(
            "migration plan <file> [--read]",
            "tries out what the migrations of a jar would do, and rolls it back; or only reads them");
    private static final Usage DOWN = Usage.of(
            "migration down <id> [--keep <version>] [--confirm <version>]",
            "takes back the newest migration, or all above the one that is kept; says first what goes");
    static final List<Usage> USAGES = List.of(LIST, RUNNING, PLAN, DOWN);

    private final Slot<Migrations> migrations = new Slot<>("migrations");

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

    /** Shows, tries or takes back migrations. */
    public Object migration(CommandSession session, String[] words) {
        return new Verbs()
                .with(LIST, given -> named(given, Migrations::history))
                .with(RUNNING, none -> migrations.ask(all -> new MigrationsRunning(all.running())))
                .with(PLAN, given -> JarFile.named(session, given.at(0))
                        .use(file -> migrations.ask(all -> all.plan(file, !given.has("--read")))))
                .with(DOWN, this::down)
                .run(words);
    }

    private Object down(Words given) {
        Optional<String> keep = given.option("--keep");
        if (keep.filter(version -> !version.matches("\\d{1,18}")).isPresent()) {
            return new Sentence("'" + keep.get() + "' is no version of a migration. 'migration list " + given.at(0)
                    + "' shows them; 0 takes all back.");
        }
        OptionalLong kept =
                keep.map(version -> OptionalLong.of(Long.parseLong(version))).orElse(OptionalLong.empty());
        return named(given, (all, id) -> MigrationTexts.takenBack(all.down(id, kept, given.option("--confirm"))));
    }

    private Object named(Words given, BiFunction<Migrations, PluginId, Object> question) {
        return PluginId.valid(given.at(0))
                ? migrations.ask(all -> question.apply(all, new PluginId(given.at(0))))
                : Sentence.unknownPlugin(given.at(0));
    }
}
