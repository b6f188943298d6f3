// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.util.Optional;

/**
 * A PostgreSQL server that is up. The embedded one or a configured one registers it; the data bundle connects to it. The
 * password is never logged: {@code toString} does not show it.
 */
public interface DatabaseServer {
    /** Answers the JDBC address of Mortise's database. */
    String url();

    /** Answers the core user. */
    String user();

    /** Answers the core user's password, if it needs one. */
    Optional<String> password();

    /** Answers whether this container runs the server, for itself alone: no other node has a part in what is in it. */
    default boolean embedded() {
        return false;
    }
}
