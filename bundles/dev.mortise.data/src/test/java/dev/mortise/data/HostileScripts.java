// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The scripts that must change nothing, each with what it tries. */
final class HostileScripts {
    private HostileScripts() {}

    record Script(String does, String sql) {
        @Override
        public String toString() {
            return does;
        }
    }

    /** All but the name that the server cuts before it can judge it: only the check before the run sees that one. */
    static List<Script> seenByTheServer() throws IOException {
        return all().stream()
                .filter(script -> !script.does().contains("more bytes than the server keeps"))
                .toList();
    }

    static List<Script> all() throws IOException {
        List<Script> scripts = new ArrayList<>();
        for (String part : text().split("(?m)^--- ", -1)) {
            if (!part.isBlank()) {
                String[] lines = part.split("\n", 2);
                scripts.add(new Script(lines[0], lines[1].strip()));
            }
        }
        return scripts;
    }

    private static String text() throws IOException {
        try (InputStream source = HostileScripts.class.getResourceAsStream("hostile.sql")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
