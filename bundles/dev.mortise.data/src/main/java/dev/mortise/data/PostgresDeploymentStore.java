// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.DeploymentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps what is desired, the bytes of it and the journal in the core's schema. */
@Component(configurationPid = DataConfig.PID)
public final class PostgresDeploymentStore implements DeploymentStore {
    // all questions of one load are answered as of one moment
    private static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    private final PooledDatabase database;
    private final int deploymentsKept;

    /** Works on the open database. */
    @Activate
    public PostgresDeploymentStore(@Reference OpenDatabase database, DataConfig config) {
        this(database.opened(), config.deployments_kept());
    }

    PostgresDeploymentStore(PooledDatabase database, int deploymentsKept) {
        this.database = database;
        this.deploymentsKept = deploymentsKept;
    }

    @Override
    public Recorded load(String node) {
        return atOneMoment(
                "the desired state is being read",
                connection -> new Recorded(
                        DesiredState.generation(connection),
                        DesiredState.wants(connection),
                        DesiredState.files(connection, node),
                        JournalReader.unfinished(connection, node)));
    }

    @Override
    public long commit(Commit commit) {
        if (!commit.advances() && !(commit.put().isEmpty() && commit.removed().isEmpty())) {
            throw new IllegalArgumentException("A commit that changes what is wanted advances the generation.");
        }
        return database.transaction("a change of the desired state is being recorded", connection -> {
            if (commit.advances()) {
                advance(connection, commit);
            }
            DesiredState.see(connection, commit);
            new JournalWriter(connection, commit.node()).write(commit.journal(), deploymentsKept);
            return commit.generation() + (commit.advances() ? 1 : 0);
        });
    }

    private static void advance(Connection connection, Commit commit) throws SQLException {
        long current = DesiredState.lock(connection);
        if (current != commit.generation()) {
            throw new StaleGeneration(commit.generation(), current);
        }
        Artifacts.keep(connection, commit.put(), commit.bytes());
        Artifacts.run(connection, commit.put());
        DesiredState.change(connection, commit);
    }

    @Override
    public boolean fetch(Digest digest, Path target) throws IOException {
        return new ArtifactFile(
                        digest,
                        number -> database.call(
                                "artifact " + digest.shortHex() + " is being read",
                                connection -> Artifacts.part(connection, digest, number)))
                .write(target);
    }

    @Override
    public List<Archived> archive(PluginId plugin) {
        return database.call(
                "the artifacts of plugin '" + plugin + "' are being read",
                connection -> Artifacts.of(connection, plugin));
    }

    @Override
    public Set<Digest> prune(int kept, Duration grace) {
        return database.transaction("old artifacts are being forgotten", connection -> {
            DesiredState.lock(connection);
            return Artifacts.forget(connection, kept, grace);
        });
    }

    @Override
    public List<Deployment> deployments(int limit) {
        return atOneMoment("the journal is being read", connection -> JournalReader.newest(connection, limit));
    }

    @Override
    public Optional<Deployment> deployment(String id) {
        return atOneMoment("the journal is being read", connection -> JournalReader.one(connection, id));
    }

    private <T> T atOneMoment(String doing, PooledDatabase.Work<T> work) {
        return database.transaction(doing, connection -> {
            Sql.execute(connection, ONE_MOMENT);
            return work.on(connection);
        });
    }
}
