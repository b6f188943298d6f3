// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.sql.Connection;
import java.sql.SQLException;

/** Lets something be done as the owner of a plugin's schema, and words why it could not. */
record OwnerWork(PooledDatabase database, OwnerLogin login, RunningPlugins running) {
    /** What is done; the connection is only lent. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection owner) throws SQLException, InterruptedException, MigrationRefused;
    }

    /** Does it; a refusal becomes CONFLICT with its sentence. */
    <T> T as(PluginNames names, String doing, Work<T> work) {
        return refusing(names.plugin(), doing, () -> {
            try (Connection owner = login.open(names)) {
                return work.on(owner);
            } finally {
                login.end(names);
            }
        });
    }

    /** What is done with a connection of one's own. */
    @FunctionalInterface
    interface Task<T> {
        T run() throws SQLException, InterruptedException, MigrationRefused;
    }

    /** Does it, wording what goes wrong. */
    static <T> T refusing(PluginId plugin, String doing, Task<T> task) {
        try {
            return task.run();
        } catch (MigrationRefused e) {
            throw conflict(e.problem());
        } catch (SQLException e) {
            throw DatabaseFault.of(doing, e);
        } catch (Refusal e) {
            throw new MortiseException(ErrorCode.CONFLICT, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Plugin '" + plugin + "' was left alone: " + doing + " was ended.", e);
        }
    }

    /** Answers the names of a plugin's schema and roles. */
    PluginNames names(PluginId plugin) {
        return new PluginNames(plugin, database.id());
    }

    static MortiseException conflict(MigrationProblem problem) {
        return new MortiseException(ErrorCode.CONFLICT, problem.message() + " " + problem.remedy());
    }
}
