// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.architecture;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of layers: which module may use which. A module that is not in it has no place in the house. */
final class Layers {
    private static final Set<String> DOMAIN = Set.of("dev.mortise.kernel", "dev.mortise.rules", "dev.mortise.api");
    private static final Set<String> EDGE = Set.of("dev.mortise.kernel", "dev.mortise.api");
    private static final Set<String> PLUGIN = Set.of("dev.mortise.api");

    private static final Map<String, Set<String>> TABLE = new LinkedHashMap<>();

    static {
        TABLE.put("dev.mortise.api", Set.of());
        TABLE.put("dev.mortise.kernel", PLUGIN);
        TABLE.put("dev.mortise.rules", EDGE);
        TABLE.put("dev.mortise.testkit", DOMAIN);
        TABLE.put("dev.mortise.host", DOMAIN);
        TABLE.put("dev.mortise.gateway", DOMAIN);
        TABLE.put("dev.mortise.security", DOMAIN);
        TABLE.put("dev.mortise.data", EDGE);
        TABLE.put("dev.mortise.postgres.embedded", EDGE);
        TABLE.put("dev.mortise.json", EDGE);
        TABLE.put("dev.mortise.telemetry", EDGE);
        TABLE.put("dev.mortise.process", EDGE);
        TABLE.put("dev.mortise.http", EDGE);
        TABLE.put("dev.mortise.mcp", EDGE);
        TABLE.put("dev.mortise.admin.rest", EDGE);
        TABLE.put("dev.mortise.admin.gogo", EDGE);
        TABLE.put("dev.mortise.worker", DOMAIN);
        TABLE.put("dev.mortise.launcher", Set.of());
        TABLE.put("dev.mortise.examples.inventory", PLUGIN);
        TABLE.put("dev.mortise.examples.reports", PLUGIN);
        TABLE.put("dev.mortise.examples.crm", PLUGIN);
        TABLE.put("dev.mortise.examples.workertoken", PLUGIN);
    }

    private static final Set<String> EXPORTERS = Set.of(
            "dev.mortise.api", "dev.mortise.kernel", "dev.mortise.rules", "dev.mortise.worker", "dev.mortise.testkit");

    private Layers() {}

    /** Answers the roots of all modules. */
    static Set<String> modules() {
        return TABLE.keySet();
    }

    /** Answers the module that a package belongs to, when it is one of ours. */
    static Optional<String> module(String packageName) {
        return TABLE.keySet().stream()
                .filter(root -> packageName.equals(root) || packageName.startsWith(root + "."))
                .max(Comparator.comparingInt(String::length));
    }

    /** Tells whether a module may use another one. */
    static boolean mayUse(String module, String other) {
        return module.equals(other) || TABLE.getOrDefault(module, Set.of()).contains(other);
    }

    /** Tells whether a module may export packages. */
    static boolean mayExport(String module) {
        return EXPORTERS.contains(module);
    }
}
