// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.architecture;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Foreign packages and the modules that may use them. A package that is not here has no home yet. */
final class Libraries {
    private static final Predicate<String> PLUGINS = module -> module.startsWith("dev.mortise.examples.");
    private static final Predicate<String> DATABASE =
            Set.of("dev.mortise.data", "dev.mortise.postgres.embedded")::contains;
    private static final Predicate<String> COMPONENTS = Predicate.not(
            Set.of("dev.mortise.api", "dev.mortise.kernel", "dev.mortise.rules", "dev.mortise.launcher")::contains);

    private static final Map<String, Predicate<String>> HOMES = new LinkedHashMap<>();

    static {
        HOMES.put("java", module -> true);
        HOMES.put("java.util.logging", module -> false);
        HOMES.put("java.sql", DATABASE.or(PLUGINS));
        HOMES.put("javax.sql", DATABASE.or(PLUGINS));
        HOMES.put("org.postgresql", DATABASE);
        HOMES.put("com.zaxxer.hikari", DATABASE);
        HOMES.put("javax.crypto", module -> true);
        HOMES.put("javax.net.ssl", module -> true);
        HOMES.put("javax.management", Set.of("dev.mortise.host", "dev.mortise.telemetry")::contains);
        HOMES.put("javax.security.auth.x500", "dev.mortise.host"::equals);
        HOMES.put("org.jspecify.annotations", module -> true);
        HOMES.put("org.osgi.annotation", module -> true);
        HOMES.put("org.osgi.service.component.annotations", COMPONENTS);
        HOMES.put("org.osgi.service.component", COMPONENTS);
        HOMES.put(
                "org.osgi.framework",
                Set.of(
                        "dev.mortise.host",
                        "dev.mortise.admin.gogo",
                        "dev.mortise.telemetry",
                        "dev.mortise.worker",
                        "dev.mortise.launcher")::contains);
        HOMES.put("org.osgi.resource", "dev.mortise.host"::equals);
        HOMES.put("org.osgi.dto", "dev.mortise.host"::equals);
        HOMES.put("org.osgi.util.tracker", Set.of("dev.mortise.host", "dev.mortise.telemetry")::contains);
        HOMES.put("org.osgi.util.promise", "dev.mortise.host"::equals);
        HOMES.put("org.osgi.service.condition", Set.of("dev.mortise.host", "dev.mortise.worker")::contains);
        HOMES.put("org.osgi.service.cm", "dev.mortise.launcher"::equals);
        HOMES.put("org.osgi.service.feature", "dev.mortise.launcher"::equals);
        HOMES.put("org.osgi.service.log", PLUGINS.or("dev.mortise.telemetry"::equals));
        HOMES.put("org.apache.felix.feature", "dev.mortise.launcher"::equals);
        HOMES.put("org.apache.felix.gogo", "dev.mortise.admin.gogo"::equals);
        HOMES.put("org.apache.felix.service.command", "dev.mortise.admin.gogo"::equals);
        HOMES.put("org.apache.felix.hc.api", PLUGINS.or(Set.of("dev.mortise.host", "dev.mortise.worker")::contains));
        HOMES.put("org.eclipse.jetty", "dev.mortise.http"::equals);
        // Jetty's server only in http, its client only in process; both stand on these.
        Predicate<String> jetty = Set.of("dev.mortise.http", "dev.mortise.process")::contains;
        HOMES.put("org.eclipse.jetty.http", jetty);
        HOMES.put("org.eclipse.jetty.io", jetty);
        HOMES.put("org.eclipse.jetty.util", jetty);
        HOMES.put("org.eclipse.jetty.client", "dev.mortise.process"::equals);
        HOMES.put("com.nimbusds", "dev.mortise.security"::equals);
        HOMES.put("com.fasterxml.jackson", "dev.mortise.json"::equals);
        // What the SDK's values of the protocol say of themselves as JSON.
        HOMES.put("com.fasterxml.jackson.annotation", Set.of("dev.mortise.json", "dev.mortise.mcp")::contains);
        HOMES.put("io.modelcontextprotocol", "dev.mortise.mcp"::equals);
        HOMES.put("reactor", "dev.mortise.mcp"::equals);
        HOMES.put("org.reactivestreams", "dev.mortise.mcp"::equals);
        HOMES.put("com.networknt", "dev.mortise.json"::equals);
        HOMES.put("org.snakeyaml.engine", "dev.mortise.json"::equals);
        // What the embedded validator would use if it were there.
        HOMES.put("org.graalvm", "dev.mortise.json"::equals);
        HOMES.put("org.jcodings", "dev.mortise.json"::equals);
        HOMES.put("org.joni", "dev.mortise.json"::equals);
        HOMES.put("io.micrometer", "dev.mortise.telemetry"::equals);
        HOMES.put("io.prometheus.metrics", "dev.mortise.telemetry"::equals);
        HOMES.put("io.opentelemetry", "dev.mortise.telemetry"::equals);
        // What the libraries in it use of the JDK.
        HOMES.put("com.sun.management", "dev.mortise.telemetry"::equals);
        HOMES.put("sun.misc", Set.of("dev.mortise.mcp", "dev.mortise.telemetry")::contains);
        HOMES.put("io.github.bucket4j", "dev.mortise.gateway"::equals);
        HOMES.put("io.github.resilience4j", "dev.mortise.gateway"::equals);
        HOMES.put("com.github.benmanes.caffeine", "dev.mortise.gateway"::equals);
        HOMES.put("org.tukaani.xz", "dev.mortise.postgres.embedded"::equals);
        HOMES.put("org.apache.felix.framework", Set.of("dev.mortise.launcher", "dev.mortise.worker")::contains);
        HOMES.put("org.apache.felix.scr", "dev.mortise.worker"::equals);
        HOMES.put("org.apache.hc.core5", "dev.mortise.worker"::equals);
        HOMES.put("org.apache.felix.cm.json", "dev.mortise.launcher"::equals);
        HOMES.put("jakarta.json", "dev.mortise.launcher"::equals);
        HOMES.put("aQute.bnd", "dev.mortise.testkit"::equals);
        HOMES.put("ch.qos.logback", "dev.mortise.launcher"::equals);
        HOMES.put(
                "org.slf4j",
                Predicate.not(Set.of("dev.mortise.api", "dev.mortise.kernel", "dev.mortise.rules")::contains));
    }

    private Libraries() {}

    /** Tells whether a module may use a foreign package; the longest prefix that is listed decides. */
    static boolean mayUse(String module, String packageName) {
        return HOMES.entrySet().stream()
                .filter(home -> packageName.equals(home.getKey()) || packageName.startsWith(home.getKey() + "."))
                .max(Comparator.comparingInt(home -> home.getKey().length()))
                .map(home -> home.getValue().test(module))
                .orElse(false);
    }
}
