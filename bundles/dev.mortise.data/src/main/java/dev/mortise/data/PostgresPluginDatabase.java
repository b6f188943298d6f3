// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Migrates plugins' schemas and tells what was applied. */
@Component
public final class PostgresPluginDatabase implements PluginDatabase, Migrations {
    private final PooledDatabase database;
    private final PluginMigrator migrator;

    /** Works on the open database. */
    @Activate
    public PostgresPluginDatabase(@Reference OpenDatabase database) {
        this(database.opened());
    }

    PostgresPluginDatabase(PooledDatabase database) {
        this.database = database;
        this.migrator = new PluginMigrator(database);
    }

    @Override
    public Outcome migrate(PluginIdentity plugin, List<Migration> migrations, Reach reach) {
        try {
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
    public List<Line> list(PluginId plugin) {
        return history(plugin).stream()
                .map(applied -> new Line(
                        applied.version(),
                        applied.description(),
                        applied.phase().name().toLowerCase(Locale.ROOT),
                        applied.checksum(),
                        applied.at()))
                .toList();
    }
}
