// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the class files of a class and all that is nested in it, named or not. */
final class ClassFiles {
    private ClassFiles() {}

    static Map<String, byte[]> of(Class<?> type) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(
                path(type.getName()),
                read(type, type.getName())
                        .orElseThrow(() -> new IllegalArgumentException(type + " has no class file.")));
        for (Class<?> nested : type.getDeclaredClasses()) {
            files.putAll(of(nested));
        }
        for (int i = 1; read(type, type.getName() + "$" + i).isPresent(); i++) {
            String name = type.getName() + "$" + i;
            read(type, name).ifPresent(bytes -> files.put(path(name), bytes));
        }
        return files;
    }

    private static Optional<byte[]> read(Class<?> type, String name) {
        try (InputStream in = type.getResourceAsStream("/" + path(name))) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("The class file of " + name + " can't be read.", e);
        }
    }

    private static String path(String name) {
        return name.replace('.', '/') + ".class";
    }
}
