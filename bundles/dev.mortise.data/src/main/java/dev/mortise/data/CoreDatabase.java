// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;

/** The opened database, for the stores of this bundle; a service that is there while the database is in use. */
public interface CoreDatabase {
    /** Answers the eight hexadecimal digits that tell this database from others on the same server. */
    String id();

    /** Runs work on a connection of the core user; each statement is a transaction unless the work says otherwise. */
    <T> T call(String doing, Work<T> work);

    /** Runs a task again and again, on a background thread, until it is cancelled or the database is closed. */
    ScheduledFuture<?> every(Duration period, Runnable task);

    /** What is done with a connection; the connection is only lent. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T on(Connection connection) throws SQLException;
    }
}
