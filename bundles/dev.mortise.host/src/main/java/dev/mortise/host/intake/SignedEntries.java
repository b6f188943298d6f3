// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Finds who signed all of a jar. Reads every entry, so what they declare must have been proven before. */
final class SignedEntries {
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/.]*(\\.[A-Z0-9]{1,3})?)");

    private SignedEntries() {}

    /** What was found. */
    sealed interface Reading {
        /** These signed every entry, each of them all. */
        record By(Set<CodeSigner> signers) implements Reading {}

        /** Nobody signed all that is there. */
        record Broken(String words) implements Reading {}
    }

    /** Tells whether an entry belongs to a signature and can't be signed itself. */
    static boolean ofSignature(String entry) {
        return SIGNATURE.matcher(entry.toUpperCase(Locale.ROOT)).matches();
    }

    static Reading read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), true)) {
            List<JarEntry> entries = Collections.list(file.entries()).stream()
                    .filter(entry -> !entry.isDirectory() && !entry.getName().equals(Intake.MANIFEST))
                    .toList();
            Optional<String> removed = removed(file);
            return removed.isPresent() ? new Reading.Broken(removed.get()) : common(file, entries);
        } catch (SecurityException e) {
            return new Reading.Broken("it was changed after it was signed: " + e.getMessage());
        }
    }

    /** A signature covers what is there; only the manifest tells what should be. */
    private static Optional<String> removed(JarFile file) throws IOException {
        return file.getManifest() == null
                ? Optional.empty()
                : file.getManifest().getEntries().entrySet().stream()
                        .filter(entry -> entry.getValue().keySet().stream()
                                .anyMatch(name -> name.toString().endsWith("-Digest")))
                        .map(entry -> entry.getKey())
                        .filter(name -> file.getEntry(name) == null)
                        .map(name -> "it was changed after it was signed: " + EntryRules.shown(name) + "is missing")
                        .findFirst();
    }

    private static Reading common(JarFile file, List<JarEntry> entries) throws IOException {
        Optional<Set<CodeSigner>> common = Optional.empty();
        for (JarEntry entry : entries) {
            if (ofSignature(entry.getName())) {
                continue;
            }
            Set<CodeSigner> signers = signers(file, entry);
            if (signers.isEmpty()) {
                return unsigned(entry, common.isPresent());
            }
            Set<CodeSigner> left = new HashSet<>(common.orElse(signers));
            left.retainAll(signers);
            if (left.isEmpty()) {
                return new Reading.Broken(EntryRules.shown(entry.getName()) + "is signed by somebody else than others");
            }
            common = Optional.of(left);
        }
        return new Reading.By(common.orElse(Set.of()));
    }

    private static Reading unsigned(JarEntry entry, boolean othersAre) {
        return new Reading.Broken(
                othersAre
                        ? EntryRules.shown(entry.getName()) + "is not signed, and others are"
                        : "it is not signed, and intake.policy asks for it");
    }

    /** The platform knows the signers of an entry when it has read all of it. */
    private static Set<CodeSigner> signers(JarFile file, JarEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            var unused = in.transferTo(OutputStream.nullOutputStream());
        }
        CodeSigner[] signers = entry.getCodeSigners();
        return signers == null ? Set.of() : Set.of(signers);
    }
}
