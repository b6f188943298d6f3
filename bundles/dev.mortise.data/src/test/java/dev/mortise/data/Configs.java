// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Configurations as declarative services make them: the defaults of the annotation, and what a test sets. */
final class Configs {
    private Configs() {}

    /** Answers the data bundle's configuration with short periods. */
    static DataConfig data() {
        return of(DataConfig.class, Map.of("tenants_refresh_seconds", 1));
    }

    static <A extends Annotation> A of(Class<A> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue())));
    }
}
