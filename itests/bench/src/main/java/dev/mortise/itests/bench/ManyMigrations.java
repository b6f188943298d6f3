// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Fifty migrations of a plugin, as its deployment counts the step MIGRATE, beside the same scripts by bare JDBC on the same
 * server, each in a transaction; in turns.
 */
final class ManyMigrations {
    private static final int MIGRATIONS = 50;
    private static final int TURNS = 5;

    private final Container container;
    private final Connection bare;
    private final Path folder;

    private ManyMigrations(Container container, Connection bare, Path folder) {
        this.container = container;
        this.bare = bare;
        this.folder = folder;
    }

    static void measure(Product product, Scratch scratch, Report report) throws Exception {
        Path home = scratch.home("migrations");
        List<Double> mine = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        try (Container container = Container.start(product, home).awaitReady();
                Connection bare = EmbeddedServer.of(home).connect()) {
            ManyMigrations many = new ManyMigrations(container, bare, scratch.folder());
            for (int turn = 0; turn <= TURNS; turn++) {
                double plugin = many.ofPlugin("many" + turn);
                double jdbc = many.byJdbc("bare" + turn);
                if (turn > 0) { // the first one loads and compiles
                    mine.add(plugin);
                    plain.add(jdbc);
                }
            }
        }
        report.figure(MIGRATIONS + " migrations of a plugin", "ms", mine);
        report.figure("the same scripts by bare JDBC", "ms", plain);
        report.figure(
                "migrations of a plugin, times bare JDBC",
                "x",
                IntStream.range(0, TURNS)
                        .mapToObj(turn -> mine.get(turn) / plain.get(turn))
                        .toList());
    }

    private double ofPlugin(String id) throws IOException {
        Path jar = GeneratedPlugin.of(id, "1.0.0").migrating(scripts(id)).write(folder.resolve(id + ".jar"));
        Answer answer = container
                .admin()
                .post("/api/v1/plugins?wait=true", "application/java-archive", Files.readAllBytes(jar));
        return StreamSupport.stream(answer.json().path("steps").spliterator(), false)
                .filter(step -> step.path("phase").asText().equals("MIGRATE"))
                .map(step -> step.path("ms"))
                .mapToDouble(JsonNode::asDouble)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("It was not migrated: " + answer.body()));
    }

    private double byJdbc(String id) throws SQLException {
        try (Statement statement = bare.createStatement()) {
            statement.execute("CREATE SCHEMA p_" + id);
            statement.execute("SET search_path = p_" + id);
            long begin = System.nanoTime();
            bare.setAutoCommit(false);
            for (String script : scripts(id)) {
                statement.execute(script);
                bare.commit();
            }
            bare.setAutoCommit(true);
            return (System.nanoTime() - begin) / (double) TimeUnit.MILLISECONDS.toNanos(1);
        }
    }

    private static List<String> scripts(String id) {
        return IntStream.range(0, MIGRATIONS)
                .mapToObj(step -> step % 2 == 0
                        ? "CREATE TABLE p_%s__t%d (id bigint PRIMARY KEY, name text NOT NULL)".formatted(id, step)
                        : "ALTER TABLE p_%s__t%d ADD COLUMN size int; CREATE INDEX ON p_%s__t%d (name)"
                                .formatted(id, step - 1, id, step - 1))
                .toList();
    }
}
