// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One version of the core's own schema: a resource {@code schema/<version>__<description>.sql}. */
record SchemaVersion(int version, String description, String script) {
    /** All versions that this Mortise knows, oldest first. */
    static List<SchemaVersion> all() {
        return List.of(
                read("1__foundation"),
                read("2__plugin_schemas"),
                read("3__deployments"),
                read("4__artifacts_that_ran"),
                read("5__installations"),
                read("6__shared_data"),
                read("7__tokens_and_metadata"),
                read("8__ways_back"),
                read("9__plugin_runners"),
                read("10__changes_of_several_nodes"),
                read("11__running_and_keys"),
                read("12__plugin_locations"),
                read("15__revisions"),
                read("16__what_definitions_hide"),
                read("17__triggers_of_keys"),
                read("18__divided_once_and_again"),
                read("19__logins_of_tenants"));
    }

    String checksum() {
        return Checksum.of(script);
    }

    private static SchemaVersion read(String name) {
        String[] parts = name.split("__", 2);
        try (InputStream source = SchemaVersion.class.getResourceAsStream("schema/" + name + ".sql")) {
            if (source == null) {
                throw new IllegalStateException("schema/" + name + ".sql is missing in the bundle.");
            }
            String script = new String(source.readAllBytes(), StandardCharsets.UTF_8);
            return new SchemaVersion(Integer.parseInt(parts[0]), parts[1], script);
        } catch (IOException e) {
            throw new UncheckedIOException("schema/" + name + ".sql can't be read.", e);
        }
    }
}
