// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Judges the headers of a bundle: what a plugin may not ask of the framework. */
final class HeaderRules {
    private static final String API = "dev.mortise.api";
    private static final String OURS = "dev.mortise";

    /** Headers that no plugin may have, each with the reason. */
    private static final List<Refused> REFUSED = List.of(
            new Refused("Export-Package", "a plugin exports nothing; shared libraries are platform bundles"),
            new Refused("Fragment-Host", "a plugin is no fragment"),
            new Refused("Bundle-NativeCode", "a plugin brings no native code"),
            new Refused("Require-Bundle", "a plugin imports packages, not bundles"),
            new Refused("DynamicImport-Package", "a plugin says in Import-Package what it needs"));

    /** Headers whose clauses are judged. */
    private static final List<String> READ = List.of("Bundle-SymbolicName", "Provide-Capability", "Import-Package");

    private record Refused(String header, String reason) {}

    private HeaderRules() {}

    /** Answers every rule that is broken, in words. */
    static List<String> violations(BundleHeaders headers) {
        List<String> found = new ArrayList<>();
        REFUSED.stream()
                .filter(rule -> headers.find(rule.header()).isPresent())
                .forEach(rule -> found.add("header " + rule.header() + " is refused: " + rule.reason()));
        readable(headers, found);
        singleton(headers, found);
        capabilities(headers, found);
        imports(headers, found);
        return found;
    }

    /** Answers what the main manifest and its class path break, with the names of all entries. */
    static List<String> violations(BundleHeaders headers, Collection<String> entries) {
        List<String> found = violations(headers);
        String version = headers.find("Bundle-ManifestVersion").orElse("1");
        if (!version.equals("2")) {
            found.add("header Bundle-ManifestVersion is refused with " + version + ": 2 is expected");
        }
        headers.clauses("Bundle-ClassPath").stream()
                .flatMap(clause -> clause.paths().stream())
                .filter(path -> !path.equals(".") && !holds(entries, path))
                .forEach(path ->
                        found.add("header Bundle-ClassPath is refused with " + path + ": the jar has no such entry"));
        return found;
    }

    private static boolean holds(Collection<String> entries, String path) {
        String folder = path.endsWith("/") ? path : path + "/";
        return entries.stream().anyMatch(entry -> entry.equals(path) || entry.startsWith(folder));
    }

    /** The framework and we must read the same: what begins a quotation and does not end it is read in many ways. */
    private static void readable(BundleHeaders headers, List<String> found) {
        for (String header : READ) {
            String value = headers.find(header).orElse("");
            boolean open = value.chars().filter(c -> c == '"').count() % 2 != 0;
            if (open || value.indexOf('\\') >= 0) {
                found.add("header " + header + " is refused: it has a backslash or a quotation that does not end");
            }
        }
    }

    private static void singleton(BundleHeaders headers, List<String> found) {
        boolean singleton = headers.clauses("Bundle-SymbolicName").stream()
                .anyMatch(clause -> "true".equalsIgnoreCase(clause.directives().get("singleton")));
        if (singleton) {
            found.add("header Bundle-SymbolicName is refused with singleton:=true: two versions of a plugin run side by"
                    + " side during an update");
        }
    }

    private static void capabilities(BundleHeaders headers, List<String> found) {
        headers.clauses("Provide-Capability").stream()
                .flatMap(clause -> clause.paths().stream())
                .filter(namespace -> !namespace.equals("osgi.service"))
                .distinct()
                .forEach(namespace -> found.add("header Provide-Capability is refused with " + namespace
                        + ": a plugin provides osgi.service and nothing else"));
    }

    private static void imports(BundleHeaders headers, List<String> found) {
        headers.clauses("Import-Package").stream()
                .flatMap(clause -> clause.paths().stream())
                .filter(name -> within(name, OURS) && !within(name, API))
                .forEach(name -> found.add("header Import-Package is refused with " + name
                        + ": of Mortise a plugin imports " + API + " only"));
    }

    private static boolean within(String name, String root) {
        return name.equals(root) || name.startsWith(root + ".");
    }
}
