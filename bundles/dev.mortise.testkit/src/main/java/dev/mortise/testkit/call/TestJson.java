// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.JsonFactory;
import java.util.ServiceLoader;

/** The real mapper, for tests: {@code dev.mortise.json} must be on the test's class path. */
public final class TestJson {
    private TestJson() {}

    /** Makes a mapper like a plugin's own. */
    public static Json json() {
        return factory().strict();
    }

    /** Makes a mapper that ignores unknown keys, as answers of services are read. */
    public static Json lenient() {
        return factory().lenient();
    }

    /** Answers what makes mappers, for what takes one of its own. */
    public static JsonFactory factory() {
        return ServiceLoader.load(JsonFactory.class, JsonFactory.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No JSON mapper is on the class path."
                        + " Add dev.mortise:dev.mortise.json to the dependencies of scope test."));
    }
}
