// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the server is run.
 *
 * @param data the container's data folder; the cluster, its passwords and its lock lie there
 * @param programs a PostgreSQL installation to use (the folder above {@code bin}); empty for the one in this bundle
 * @param cache where the programs of this bundle are unpacked
 * @param port the loopback port; 0 for a free one
 * @param user the user to change to when root can't make a user namespace
 */
public record ServerSettings(
        Path data,
        Optional<Path> programs,
        Path cache,
        int port,
        int maxConnections,
        String sharedBuffers,
        String user,
        Duration startLimit,
        Duration stopLimit) {

    /** Answers settings with the defaults for everything but the folders. */
    public static ServerSettings in(Path data, Path cache) {
        Duration limit = Duration.ofSeconds(30);
        return new ServerSettings(
                data, Optional.empty(), cache, 0, 100, "32MB", "nobody", limit, Duration.ofSeconds(10));
    }

    /** Answers these settings with the programs of another installation. */
    public ServerSettings withPrograms(Path installation) {
        return new ServerSettings(
                data,
                Optional.of(installation),
                cache,
                port,
                maxConnections,
                sharedBuffers,
                user,
                startLimit,
                stopLimit);
    }

    Path cluster() {
        return data.resolve("postgres");
    }

    Path passwords() {
        return data.resolve("postgres-passwords");
    }

    Path guardian() {
        return data.resolve("postgres-guardian.sh");
    }

    Path lock() {
        return data.resolve("postgres-lock");
    }
}
