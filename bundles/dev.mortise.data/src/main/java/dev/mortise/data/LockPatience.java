// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long one migration goes on asking for the locks that it needs. A statement that waits for a lock keeps everybody
 * waiting who comes to that table after it; so it waits in short slices, gives up, lets the others through and begins anew.
 */
final class LockPatience {
    private static final Duration SLICE = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Duration limit;
    private long firstFailure;
    private boolean failed;

    /** The limit holds from the first lock on that was not to be had: what a script does before that may take its time. */
    LockPatience(Duration limit) {
        this.limit = limit;
    }

    /** Makes statements of the transaction that has just begun wait no longer than one slice. */
    void slice(Connection connection) throws SQLException {
        Duration wait = limit.compareTo(SLICE) < 0 ? limit : SLICE;
        Sql.execute(connection, "SET LOCAL lock_timeout = " + wait.toMillis());
    }

    /** Lets others through, after the transaction was rolled back; throws what befell it when the time is over. */
    void pause(MigrationRefused befell) throws MigrationRefused, InterruptedException {
        long now = System.nanoTime();
        if (!failed) {
            failed = true;
            firstFailure = now;
        }
        if (!befell.waitedForLock() || now - firstFailure + SLICE.plus(PAUSE).toNanos() > limit.toNanos()) {
            throw befell;
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
}
