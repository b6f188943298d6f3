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
        return (GatewayConfig) Proxy.newProxyInstance(
                GatewayConfig.class.getClassLoader(),
                new Class<?>[] {GatewayConfig.class},
                (proxy, method, arguments) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
