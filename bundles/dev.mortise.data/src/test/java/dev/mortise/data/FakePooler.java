// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.postgresql.PGConnection;

/** A connection as a pooler hands it out: the process id told at connecting is invented, closing closes nothing. */
final class FakePooler {
    private static final int INVENTED = -1;

    private FakePooler() {}

    static Connection of(Connection behind) {
        return (Connection) Proxy.newProxyInstance(
                FakePooler.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("unwrap")) {
                        return told();
                    }
                    try {
                        return method.getName().equals("close") ? null : method.invoke(behind, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Object told() {
        return Proxy.newProxyInstance(
                FakePooler.class.getClassLoader(),
                new Class<?>[] {PGConnection.class},
                (proxy, method, arguments) -> INVENTED);
    }
}
