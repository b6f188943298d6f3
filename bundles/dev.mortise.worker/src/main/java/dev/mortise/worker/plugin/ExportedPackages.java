// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The packages on the class path that the plugin sees, as the manifests of their jars export them: the same versions that
 * platform bundles of the container have, without a list that would have to follow them.
 */
final class ExportedPackages {
    private static final Set<String> SHOWN = Set.of(
            "dev.mortise.api",
            "slf4j.api",
            "org.apache.felix.healthcheck.api",
            "org.osgi.service.component",
            "org.osgi.service.log",
            "org.osgi.util.promise",
            "org.osgi.util.function",
            "com.fasterxml.jackson.core.jackson-annotations",
            "com.fasterxml.jackson.core.jackson-core",
            "com.fasterxml.jackson.core.jackson-databind",
            "com.fasterxml.jackson.datatype.jackson-datatype-jdk8",
            "com.fasterxml.jackson.datatype.jackson-datatype-jsr310",
            "com.fasterxml.jackson.module.jackson-module-parameter-names");
    /** Libraries that were compiled against it are served by the same packages, as in the container. */
    private static final String OLDER_SLF4J = "1.7.36";

    private static final Pattern CLAUSE = Pattern.compile("([\\w.]+)((?:;[\\w-]+:?=(?:\"[^\"]*\"|[^;,\"]*))*)");
    private static final Pattern VERSION = Pattern.compile(";version=\"?([\\w.]+)\"?");

    private ExportedPackages() {}

    /** Answers them as the framework wants them. */
    static String ofClassPath(ClassLoader loader) throws IOException {
        List<URL> manifests = Collections.list(loader.getResources("META-INF/MANIFEST.MF"));
        StringBuilder packages = new StringBuilder();
        for (URL url : manifests) {
            append(packages, read(url));
        }
        return packages.toString();
    }

    private static Attributes read(URL url) throws IOException {
        try (InputStream in = url.openStream()) {
            return new Manifest(in).getMainAttributes();
        }
    }

    private static void append(StringBuilder packages, Attributes manifest) {
        String name = manifest.getValue("Bundle-SymbolicName");
        String exports = manifest.getValue("Export-Package");
        if (name == null || exports == null || !SHOWN.contains(name.split(";", 2)[0].strip())) {
            return;
        }
        separate(packages).append(clauses(exports));
        if (name.startsWith("slf4j.api")) {
            separate(packages).append(VERSION.matcher(clauses(exports)).replaceAll(";version=\"" + OLDER_SLF4J + "\""));
        }
    }

    private static StringBuilder separate(StringBuilder packages) {
        return packages.length() == 0 ? packages : packages.append(',');
    }

    /** Leaves everything out but names and versions. */
    static String clauses(String header) {
        return CLAUSE.matcher(header).results().map(ExportedPackages::clause).collect(Collectors.joining(","));
    }

    private static String clause(MatchResult clause) {
        Matcher version = VERSION.matcher(clause.group(2));
        return version.find() ? clause.group(1) + ";version=\"" + version.group(1) + "\"" : clause.group(1);
    }
}
