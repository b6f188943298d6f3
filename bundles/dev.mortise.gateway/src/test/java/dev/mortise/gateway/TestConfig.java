// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Makes configurations: the annotation's defaults with some keys changed. */
final class TestConfig {
    private TestConfig() {}

    static GatewayConfig defaults() {
        return with(Map.of());
    }

    static GatewayConfig with(Map<String, Object> changed) {
        return of(GatewayConfig.class, changed);
    }

    static <T> T of(Class<T> type, Map<String, Object> changed) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
