// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Archived;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bytes of artifacts, in parts of a megabyte. Whoever adds or forgets some holds the generation for that long. */
final class Artifacts {
    private static final int PART = 1 << 20;

    private static final String KNOWN = """
            SELECT sha256,
                   bytes = (SELECT coalesce(sum(octet_length(content)), 0) FROM mortise.artifact_part p
                             WHERE p.sha256 = a.sha256)
              FROM mortise.artifact a WHERE sha256 = ANY (?)
            """;
    private static final String ADD = """
            INSERT INTO mortise.artifact (sha256, plugin_id, version, bytes) VALUES (?, ?, ?, ?)
            ON CONFLICT (sha256) DO NOTHING
            """;
    private static final String CLEAR = "DELETE FROM mortise.artifact_part WHERE sha256 = ANY (?)";
    private static final String ADD_PART =
            "INSERT INTO mortise.artifact_part (sha256, number, content) VALUES (?, ?, ?)";
    private static final String READ_PART = """
            SELECT a.bytes, p.content
              FROM mortise.artifact a LEFT JOIN mortise.artifact_part p ON p.sha256 = a.sha256 AND p.number = ?
             WHERE a.sha256 = ?
            """;
    private static final String OF_PLUGIN = """
            SELECT plugin_id, version, sha256, bytes, added_at, ran_at FROM mortise.artifact
             WHERE plugin_id = ? ORDER BY ran_at DESC NULLS LAST, added_at DESC, sha256
            """;
    private static final String FORGET = """
            DELETE FROM mortise.artifact a
             USING (SELECT sha256, row_number() OVER (PARTITION BY plugin_id ORDER BY ran_at DESC, sha256) AS place
                      FROM mortise.artifact WHERE ran_at IS NOT NULL
                    UNION ALL
                    SELECT sha256, NULL FROM mortise.artifact
                     WHERE ran_at IS NULL AND added_at <= clock_timestamp() - make_interval(secs => ?)) old
             WHERE old.sha256 = a.sha256 AND coalesce(old.place > ?, true)
               AND NOT EXISTS (SELECT FROM mortise.desired_plugin d WHERE d.sha256 = a.sha256)
            """;
    // one that is active already and only lies elsewhere now has run all the time
    private static final String RUN = """
            UPDATE mortise.artifact a SET ran_at = clock_timestamp()
             WHERE sha256 = ANY (?)
               AND NOT EXISTS (SELECT FROM mortise.desired_plugin d WHERE d.sha256 = a.sha256 AND d.role = 'ACTIVE')
            """;
    private static final String ALL = "SELECT sha256 FROM mortise.artifact";

    private Artifacts() {}

    /** One part, and how many bytes the whole has. */
    record Part(long whole, ByteBuffer content) {}

    /** Stores the bytes of what is wanted, as far as they are not known, or were lost. */
    static void keep(Connection connection, List<Want> wants, Map<Digest, Path> files) throws SQLException {
        Map<Digest, Boolean> known = known(connection, wants);
        // bytes that were lost and are not given are no reason to record nothing else
        List<Want> needed = wants.stream()
                .filter(want -> !known.containsKey(want.digest())
                        || (!known.getOrDefault(want.digest(), true) && files.containsKey(want.digest())))
                .toList();
        if (!needed.isEmpty()) {
            Sql.update(connection, CLEAR, digests(needed));
        }
        try (Batch parts = new Batch(connection, ADD_PART);
                Batch artifacts = new Batch(connection, ADD)) {
            for (Want want : needed) {
                long bytes = store(parts, want, files);
                artifacts.add(
                        want.digest().hex(),
                        want.plugin().value(),
                        want.version().text(),
                        bytes);
            }
            artifacts.send();
            parts.send();
        }
    }

    /** Remembers that what becomes active now runs now; before the change of what is wanted. */
    static void run(Connection connection, List<Want> wants) throws SQLException {
        Object active = wants.stream()
                .filter(want -> want.role() == Role.ACTIVE)
                .map(want -> want.digest().hex())
                .toArray(String[]::new);
        Sql.update(connection, RUN, active);
    }

    /** Reads a part; there is none when the artifact is unknown. */
    static Optional<Part> part(Connection connection, Digest digest, int number) throws SQLException {
        return Sql.first(
                connection,
                row -> new Part(
                        row.getLong(1),
                        ByteBuffer.wrap(Optional.ofNullable(row.getBytes(2)).orElse(new byte[0]))),
                READ_PART,
                number,
                digest.hex());
    }

    static List<Archived> of(Connection connection, PluginId plugin) throws SQLException {
        return Sql.list(connection, Artifacts::archived, OF_PLUGIN, plugin.value());
    }

    /** Forgets what nothing names, but for what ran last of each plugin and what is new; answers what is left. */
    static Set<Digest> forget(Connection connection, int kept, Duration grace) throws SQLException {
        Sql.update(connection, FORGET, grace.toSeconds(), kept);
        return Set.copyOf(Sql.list(connection, row -> new Digest(row.getString(1)), ALL));
    }

    /** Answers which artifacts are known, and whether all their bytes are there. */
    private static Map<Digest, Boolean> known(Connection connection, List<Want> wants) throws SQLException {
        Map<Digest, Boolean> known = new HashMap<>();
        Sql.list(connection, row -> known.put(new Digest(row.getString(1)), row.getBoolean(2)), KNOWN, digests(wants));
        return known;
    }

    private static Object digests(List<Want> wants) {
        return wants.stream().map(want -> want.digest().hex()).distinct().toArray(String[]::new);
    }

    private static long store(Batch parts, Want want, Map<Digest, Path> files) throws SQLException {
        Path file = files.get(want.digest());
        if (file == null) {
            throw new IllegalArgumentException("%s %s (sha256 %s) is wanted, but its bytes are neither kept nor given."
                    .formatted(want.plugin(), want.version(), want.digest().shortHex()));
        }
        MessageDigest sha256 = Checksum.sha256();
        long bytes = 0;
        try (InputStream source = Files.newInputStream(file)) {
            byte[] part = source.readNBytes(PART);
            for (int number = 0; part.length > 0; number++) {
                sha256.update(part);
                bytes += part.length;
                parts.add(want.digest().hex(), number, part);
                part = source.readNBytes(PART);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("'" + file + "' can't be read; nothing was recorded.", e);
        }
        Digest found = Checksum.digest(sha256);
        if (!found.equals(want.digest())) {
            throw new IllegalArgumentException("'%s' should be %s %s with sha256 %s, but has %s; nothing was recorded."
                    .formatted(
                            file, want.plugin(), want.version(), want.digest().shortHex(), found.shortHex()));
        }
        return bytes;
    }

    private static Archived archived(ResultSet row) throws SQLException {
        return new Archived(
                new PluginId(row.getString(1)),
                new Version(row.getString(2)),
                new Digest(row.getString(3)),
                row.getLong(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject(6, OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }
}
