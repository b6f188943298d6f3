// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headers of a bundle's manifest. */
final class BundleHeaders {
    private final Attributes attributes;

    private BundleHeaders(Attributes attributes) {
        this.attributes = attributes;
    }

    static BundleHeaders parse(byte[] manifest) throws IOException {
        try {
            return new BundleHeaders(new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes());
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("its manifest can't be read: " + e.getMessage(), e);
        }
    }

    static BundleHeaders none() {
        return new BundleHeaders(new Attributes());
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(attributes.getValue(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    List<Clause> clauses(String name) {
        return find(name).map(Clause::parse).orElse(List.of());
    }

    boolean bundle() {
        return find("Bundle-SymbolicName").isPresent();
    }

    /** Answers the service interfaces that the bundle promises to register. */
    Set<String> promisedServices() {
        return clauses("Provide-Capability").stream()
                .filter(clause -> clause.paths().contains("osgi.service"))
                .flatMap(clause -> Stream.of(
                        clause.attributes().getOrDefault("objectClass", "").split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }
}
