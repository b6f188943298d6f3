// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Container;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** All that a container wrote where others may read it, for tests that look for secrets. */
record KeptTexts(Container container) {
    /** Answers everything that it printed and logged. */
    String logs() throws IOException {
        StringBuilder text = new StringBuilder(container.output());
        try (Stream<Path> files = Files.walk(container.home().resolve("log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    /** Answers the rows of all tables of the core. */
    List<String> rows() {
        EmbeddedDatabase database = EmbeddedDatabase.of(container);
        return database
                .column("SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
                        + " WHERE table_schema = 'mortise'")
                .stream()
                .flatMap(table -> database.column("SELECT t::text FROM " + table + " t").stream())
                .toList();
    }
}
