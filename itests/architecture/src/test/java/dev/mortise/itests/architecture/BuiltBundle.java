// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/** A bundle as the build left it. */
record BuiltBundle(Path module, String artifactId, Attributes headers, List<String> entries) {
    private static final Pattern ARTIFACT = Pattern.compile("</parent>\\s*<artifactId>([^<]+)</artifactId>");

    /** Reads the jar of a module; the build must have left one. */
    static BuiltBundle of(Path module) {
        try {
            Matcher artifact = ARTIFACT.matcher(Files.readString(module.resolve("pom.xml")));
            if (!artifact.find()) {
                throw new AssertionError(module + "/pom.xml names no artifactId after its parent");
            }
            Path jar = module.resolve("target/" + artifact.group(1) + "-1.0.0.jar");
            try (JarFile file = new JarFile(jar.toFile())) {
                return new BuiltBundle(
                        module,
                        artifact.group(1),
                        file.getManifest().getMainAttributes(),
                        file.stream().map(ZipEntry::getName).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No bundle of " + module, e);
        }
    }

    String directory() {
        return module.getFileName().toString();
    }

    String symbolicName() {
        return header("Bundle-SymbolicName").orElseThrow();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.getValue(name));
    }

    /** Answers the package names of a header such as Import-Package, without attributes and directives. */
    List<String> packages(String header) {
        return header(header).stream()
                .map(value -> value.replaceAll("\"[^\"]*\"", ""))
                .flatMap(value -> Arrays.stream(value.split(",")))
                .flatMap(clause -> Arrays.stream(clause.split(";")).filter(part -> !part.contains("=")))
                .map(String::strip)
                .toList();
    }

    /** Answers the packages of the classes inside. */
    List<String> contents() {
        return entries.stream()
                .filter(entry -> entry.endsWith(".class"))
                .map(entry ->
                        entry.substring(0, Math.max(0, entry.lastIndexOf('/'))).replace('/', '.'))
                .distinct()
                .toList();
    }
}
