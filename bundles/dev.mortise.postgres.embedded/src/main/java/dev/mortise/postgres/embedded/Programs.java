// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.nio.file.Path;

/** An installation of PostgreSQL: the folder above {@code bin}. */
record Programs(Path root) {
    String postgres() {
        return root.resolve("bin/postgres").toString();
    }

    String initdb() {
        return root.resolve("bin/initdb").toString();
    }
}
