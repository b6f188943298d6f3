// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import dev.mortise.kernel.port.DatabaseServer;
import java.util.Optional;

/** Where the embedded server is reached. */
record LocalDatabase(String url, String user, Optional<String> password) implements DatabaseServer {
    @Override
    public String toString() {
        return user + " at " + url;
    }
}
