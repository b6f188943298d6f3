// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;

/** Objects of the framework that answer what a test says. */
final class Fakes {
    private Fakes() {}

    static Bundle bundle(String symbolicName, String location) {
        return answering(
                Bundle.class,
                Map.of("getSymbolicName", symbolicName, "getLocation", location, "getVersion", new Version(1, 0, 0)));
    }

    static ServiceReference<?> service(long id) {
        return answering(ServiceReference.class, Map.of("getProperty", id));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
