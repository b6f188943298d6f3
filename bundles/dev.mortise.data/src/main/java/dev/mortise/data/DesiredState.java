// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Commit;
import dev.mortise.kernel.port.DeploymentStore.Note;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.SeenFile;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rows of what is desired and of the files that nodes have handled. */
final class DesiredState {
    private static final Set<String> WAITED_TOO_LONG = Set.of("55P03", "57014");

    private static final String GENERATION = "SELECT generation FROM mortise.desired_generation";
    // waits as long as another container's change may take, not only as long as for a table
    private static final String PATIENCE = "SELECT set_config('lock_timeout', '0', true)";
    private static final String LOCK = GENERATION + " FOR UPDATE";
    private static final String ADVANCE = "UPDATE mortise.desired_generation SET generation = ?";
    private static final String WANTS = """
            SELECT plugin_id, version, sha256, role, source, note_state, note_code, note_message, note_remedy
              FROM mortise.desired_plugin ORDER BY plugin_id, sha256
            """;
    private static final String REMOVE = "DELETE FROM mortise.desired_plugin WHERE sha256 = ?";
    private static final String PUT = """
            INSERT INTO mortise.desired_plugin
                (plugin_id, version, sha256, role, source, note_state, note_code, note_message, note_remedy)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sha256) DO UPDATE
               SET role = excluded.role, source = excluded.source, note_state = excluded.note_state,
                   note_code = excluded.note_code, note_message = excluded.note_message,
                   note_remedy = excluded.note_remedy
            """;
    private static final String FILES = "SELECT path, sha256 FROM mortise.folder_file WHERE node = ? ORDER BY path";
    private static final String FORGET_FILE = "DELETE FROM mortise.folder_file WHERE node = ? AND path = ?";
    private static final String SEE_FILE = """
            INSERT INTO mortise.folder_file (node, path, sha256) VALUES (?, ?, ?)
            ON CONFLICT (node, path) DO UPDATE SET sha256 = excluded.sha256, seen_at = excluded.seen_at
            """;

    private DesiredState() {}

    static long generation(Connection connection) throws SQLException {
        return Long.parseLong(Sql.text(connection, GENERATION));
    }

    /** Keeps everybody else from changing what is desired until the transaction ends; answers the generation. */
    static long lock(Connection connection) throws SQLException {
        Sql.text(connection, PATIENCE);
        try {
            return Long.parseLong(Sql.text(connection, LOCK));
        } catch (SQLException e) {
            if (WAITED_TOO_LONG.contains(String.valueOf(e.getSQLState()))) {
                throw new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE,
                        "Somebody else has been changing the desired state for longer than"
                                + " data.statement.timeout.seconds. Try again.",
                        e);
            }
            throw e;
        }
    }

    static List<Want> wants(Connection connection) throws SQLException {
        return Sql.list(connection, DesiredState::want, WANTS);
    }

    static List<SeenFile> files(Connection connection, String node) throws SQLException {
        return Sql.list(connection, row -> new SeenFile(row.getString(1), new Digest(row.getString(2))), FILES, node);
    }

    /** Changes what is wanted, under the lock. */
    static void change(Connection connection, Commit commit) throws SQLException {
        try (Batch removing = new Batch(connection, REMOVE);
                Batch putting = new Batch(connection, PUT)) {
            for (Digest digest : commit.removed()) {
                removing.add(digest.hex());
            }
            removing.send();
            for (Want want : commit.put()) {
                put(putting, want);
            }
            putting.send();
        }
        Sql.update(connection, ADVANCE, commit.generation() + 1);
    }

    /** Records which files were handled and which are gone. */
    static void see(Connection connection, Commit commit) throws SQLException {
        try (Batch forgetting = new Batch(connection, FORGET_FILE);
                Batch seeing = new Batch(connection, SEE_FILE)) {
            for (String path : commit.gone()) {
                forgetting.add(commit.node(), path);
            }
            forgetting.send();
            for (SeenFile file : commit.seen()) {
                seeing.add(commit.node(), file.path(), file.digest().hex());
            }
            seeing.send();
        }
    }

    private static void put(Batch putting, Want want) throws SQLException {
        putting.add(
                want.plugin().value(),
                want.version().text(),
                want.digest().hex(),
                want.role().name(),
                want.source().orElse(null),
                want.note().map(note -> note.state().name()).orElse(null),
                want.note().map(note -> note.code().name()).orElse(null),
                want.note().map(Note::message).orElse(null),
                want.note().map(Note::remedy).orElse(null));
    }

    private static Want want(ResultSet row) throws SQLException {
        return new Want(
                new PluginId(row.getString(1)),
                new Version(row.getString(2)),
                new Digest(row.getString(3)),
                Role.valueOf(row.getString(4)),
                Optional.ofNullable(row.getString(5)),
                note(row));
    }

    private static Optional<Note> note(ResultSet row) throws SQLException {
        if (row.getString(6) == null) {
            return Optional.empty();
        }
        return Optional.of(new Note(
                PluginState.valueOf(row.getString(6)),
                Problem.Code.valueOf(row.getString(7)),
                row.getString(8),
                row.getString(9)));
    }
}
