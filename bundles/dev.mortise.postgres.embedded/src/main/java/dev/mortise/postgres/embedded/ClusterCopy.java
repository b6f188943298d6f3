// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Copies the data directory below a container's data folder, so that a server which starts from the copy has everything
 * that was committed before the copy's end. Takes the data folder and what the files are given to, by their names in the
 * copy; a name that ends with a slash is a folder. The launcher makes one by reflection for {@code mortise backup}: the
 * two share no types.
 */
public final class ClusterCopy implements BiFunction<Path, BiConsumer<String, InputStream>, Instant> {
    private static final Pattern FIRST_SEGMENT = Pattern.compile("\\(file ([0-9A-F]{24})\\)");

    private final boolean online;

    /** Makes a copy of a cluster whose server runs, or of one that nobody may start meanwhile. */
    public ClusterCopy(boolean online) {
        this.online = online;
    }

    /**
     * Copies; returns when all is given away. Answers an instant: what was committed before it is in the copy.
     *
     * @throws IllegalStateException with a sentence for the operator when it can't be done now
     * @throws UncheckedIOException when a file can't be read, or whatever the sink throws
     */
    @Override
    public Instant apply(Path data, BiConsumer<String, InputStream> sink) {
        Path cluster = data.resolve("postgres");
        ClusterFiles files = new ClusterFiles(cluster, sink);
        try {
            if (online) {
                return whileItRuns(data, files);
            }
            new ServerProcesses(cluster.toRealPath()).end();
            Instant ended = Instant.now();
            files.copyAll();
            return ended;
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "The database could not be copied: " + e.getMessage() + ". Try again when 'health' says UP.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The copy was interrupted.", e);
        }
    }

    /** As "Making a Base Backup Using the Low Level API" of PostgreSQL's manual has it, with the log beside the files. */
    private static Instant whileItRuns(Path data, ClusterFiles files) throws IOException, SQLException {
        try (BackupSession session = BackupSession.begin(data)) {
            files.copyWithoutLog();
            Instant ended = Instant.now();
            BackupSession.End end = session.end();
            files.copyLog(firstSegment(end.label()), end.lastSegment());
            files.give("backup_label", new ByteArrayInputStream(end.label().getBytes(StandardCharsets.UTF_8)));
            return ended;
        }
    }

    private static String firstSegment(String label) {
        Matcher matcher = FIRST_SEGMENT.matcher(label);
        if (!matcher.find()) {
            throw new IllegalStateException("PostgreSQL's backup label names no log file: " + label);
        }
        return matcher.group(1);
    }
}
