// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What all our proxies of JDBC objects have in common. */
final class Wrapping {
    private Wrapping() {}

    /** Calls the method on what is behind a proxy, and throws what it throws, marked when it passes by itself. */
    static @Nullable Object call(Object behind, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException e) {
            throw DatabaseFault.marked(e.getTargetException());
        }
    }

    /** Answers the proxy itself where its type is asked for; what is behind it is nobody's to have. */
    static Object unwrap(String name, Object proxy, Object @Nullable [] arguments) throws SQLException {
        if (fits(proxy, arguments)) {
            return proxy;
        }
        throw new SQLException(name + " gives nothing but the interfaces of JDBC: what is inside is shared.");
    }

    /** Tells whether the proxy is of the type that is asked for. */
    static boolean fits(Object proxy, Object @Nullable [] arguments) {
        return arguments != null && arguments[0] instanceof Class<?> type && type.isInstance(proxy);
    }
}
