// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.PluginData;
import dev.mortise.kernel.port.PluginDatabase;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Migrates plugins' schemas, tells what was applied and what runs, and takes it away. */
@Component
public final class PostgresPluginDatabase implements PluginDatabase, PluginData {
    private static final String BEGUN = """
            SELECT version, description, checksum, begun_at FROM mortise.plugin_migration_begun WHERE plugin_id = ?
            """;

    private final PooledDatabase database;
    private final RunningPlugins running;
    private final PluginMigrator migrator;
    private final MigrationProgress progress;
    private final MigrationMeters meters;
    private final MigrationRehearsal rehearsal;
    private final DownMigrations downs;
    private final PluginPurge purge;

    /** Works on the open database. */
    @Activate
    public PostgresPluginDatabase(@Reference OpenDatabase database, @Reference RunningPlugins running) {
        this(database.opened(), running);
    }

    /** For a database that no other node knows. */
    PostgresPluginDatabase(PooledDatabase database) {
        this(database, RunningPlugins.alone(database));
    }

    PostgresPluginDatabase(PooledDatabase database, RunningPlugins running) {
        this.database = database;
        this.running = running;
        // one for all: it guards the core's pool
        OwnerLogin login = new OwnerLogin(database.pool(), database.connector());
        OwnerWork work = new OwnerWork(database, login, running);
        MigrationLimits limits = database.connector().limits().migrations();
        this.migrator = new PluginMigrator(database, login);
        this.progress = new MigrationProgress(database);
        this.meters = new MigrationMeters(progress::here, running::count);
        this.rehearsal = new MigrationRehearsal(work, limits);
        this.downs = new DownMigrations(work, limits);
        this.purge = new PluginPurge(work);
    }

    /** Tells no more of what runs. */
    @Deactivate
    void stop() {
        progress.close();
        meters.close();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters source) {
        meters.use(source);
    }

    void unbindMeters(Meters source) {
        meters.leave(source);
    }

    @Override
    public Outcome migrate(PluginIdentity plugin, List<Migration> migrations, Reach reach) {
        return meters.timed("migrate", () -> begun(plugin, migrations, reach), Outcome.Refused.class::isInstance);
    }

    private Outcome begun(PluginIdentity plugin, List<Migration> migrations, Reach reach) {
        boolean ready = false;
        try (var unused = running.begins(plugin)) {
            Outcome outcome = migrated(plugin, migrations, reach);
            ready = outcome instanceof Outcome.Migrated;
            return outcome;
        } finally {
            if (!ready) {
                running.fails(plugin);
            }
        }
    }

    private Outcome migrated(PluginIdentity plugin, List<Migration> migrations, Reach reach) {
        try (var unused = progress.begin()) {
            return migrator.migrate(new ReleaseMigrations(plugin, migrations, reach));
        } catch (SQLException e) {
            throw DatabaseFault.of("plugin '" + plugin.id() + "' is being migrated", e);
        } catch (Refusal e) {
            return new Outcome.Refused(
                    new MigrationProblem(String.valueOf(e.getMessage()), "Correct the database's roles."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Plugin '" + plugin.id() + "' was interrupted before it was migrated.", e);
        }
    }

    @Override
    public List<Applied> history(PluginId plugin) {
        return database.call(
                "the migrations of plugin '" + plugin + "' are being read",
                connection -> MigrationHistory.read(connection, plugin).applied());
    }

    @Override
    public Rehearsal rehearse(PluginIdentity plugin, List<Migration> migrations, boolean run) {
        return meters.timed(
                "plan",
                () -> rehearsal.of(new ReleaseMigrations(plugin, migrations, Reach.ALL), run),
                tried -> tried.problem().isPresent());
    }

    @Override
    public WayBack wayBack(PluginId plugin, OptionalLong keep, Stillness stillness) {
        return downs.look(plugin, keep, stillness);
    }

    @Override
    public void takeBack(PluginId plugin, WayBack way, Stillness stillness) {
        watched("down", () -> downs.take(plugin, way, stillness));
    }

    private void watched(String operation, Runnable order) {
        meters.timed(
                operation,
                () -> {
                    try (var unused = progress.begin()) {
                        order.run();
                    }
                    return true;
                },
                done -> false);
    }

    @Override
    public List<RunningMigration> running() {
        return progress.running();
    }

    @Override
    public Optional<Begun> begun(PluginId plugin) {
        return database.call(
                "the migrations of plugin '" + plugin + "' are being read",
                connection -> Sql.first(
                        connection,
                        row -> new Begun(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4, OffsetDateTime.class).toInstant()),
                        BEGUN,
                        plugin.value()));
    }

    @Override
    public Belongings belongings(PluginId plugin) {
        return purge.of(plugin);
    }

    @Override
    public void purge(PluginId plugin, Stillness stillness) {
        watched("purge", () -> purge.purge(plugin, stillness));
    }
}
