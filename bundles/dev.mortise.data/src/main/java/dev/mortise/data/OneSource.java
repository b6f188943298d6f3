// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A source that can do one thing: hand out a connection. Nothing can be unwrapped from it. */
final class OneSource implements DataSource {
    /** A pool that is closed waits so long for its own threads; with none at all it complains every time. */
    private static final int LOGIN_TIMEOUT_SECONDS = 5;

    private final String name;
    private final Opener opener;

    /** The name is what it calls itself. */
    OneSource(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    /** Opens or lends a connection. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return opener.open();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException(name + " has one user of its own.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.cast(Wrapping.unwrap(name, this, new Object[] {type}));
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public int getLoginTimeout() {
        return LOGIN_TIMEOUT_SECONDS;
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // the container's configuration says how long
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // what there is to say is said to the container's log
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException(name + " has no getParentLogger.");
    }

    @Override
    public String toString() {
        return name;
    }
}
