// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes data sources that can do one thing: hand out a connection. */
final class Sources {
    /** A pool that is closed waits so long for its own threads; with none at all it complains every time. */
    private static final int LOGIN_TIMEOUT_SECONDS = 5;

    private Sources() {}

    /** Opens or lends a connection. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /** Makes a source; the name is what it calls itself. Nothing can be unwrapped from it. */
    static DataSource of(String name, Opener opener) {
        return (DataSource) Proxy.newProxyInstance(
                Sources.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> answer(name, opener, proxy, method, arguments));
    }

    private static @Nullable Object answer(
            String name, Opener opener, Object proxy, Method method, Object @Nullable [] arguments)
            throws SQLException {
        return switch (method.getName()) {
            case "getConnection" -> {
                if (method.getParameterCount() > 0) {
                    throw new SQLFeatureNotSupportedException(name + " has one user of its own.");
                }
                yield opener.open();
            }
            case "unwrap" -> Wrapping.unwrap(name, proxy, arguments);
            case "isWrapperFor" -> Wrapping.fits(proxy, arguments);
            case "getLoginTimeout" -> LOGIN_TIMEOUT_SECONDS;
            case "setLoginTimeout", "setLogWriter", "getLogWriter" -> null;
            case "toString" -> name;
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> arguments != null && proxy == arguments[0];
            default -> throw new SQLFeatureNotSupportedException(name + " has no " + method.getName() + ".");
        };
    }
}
