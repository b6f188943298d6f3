// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data directory: made at the first start, whole or not at all, and checked at every later one. */
final class Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String STAGING = ".postgres-new-";

    private final ServerSettings settings;
    private final Programs programs;
    private final AccountChoice.Chosen chosen;

    Cluster(ServerSettings settings, Programs programs, AccountChoice.Chosen chosen) {
        this.settings = settings;
        this.programs = programs;
        this.chosen = chosen;
    }

    /** Makes the data directory when there is none, and answers the passwords of its users. */
    Passwords prepare() throws IOException, InterruptedException {
        removeLeftovers();
        if (!Files.isDirectory(settings.cluster())) {
            return create();
        }
        checkMajor();
        own(settings.cluster());
        return Files.exists(settings.passwords()) ? Passwords.read(settings.passwords()) : renewPasswords();
    }

    private void removeLeftovers() throws IOException {
        try (var files = Files.newDirectoryStream(settings.data(), STAGING + "*")) {
            for (Path leftover : files) {
                Folders.delete(leftover);
            }
        }
    }

    private void checkMajor() throws IOException {
        Path file = settings.cluster().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            throw new Refusal(settings.cluster() + " is no data directory of PostgreSQL: PG_VERSION is missing."
                    + " Put its backup back, or move it away to start with an empty database.");
        }
        String found = Files.readString(file).strip();
        if (!found.equals(String.valueOf(chosen.major()))) {
            throw new Refusal("The data directory " + settings.cluster() + " was made by PostgreSQL " + found
                    + ", but this Mortise brings PostgreSQL " + chosen.version()
                    + ". Start the Mortise that made it and take a backup, then restore it here into an empty home.");
        }
    }

    private Passwords create() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path staging = Files.createTempDirectory(settings.data(), STAGING);
        try {
            Passwords passwords = Passwords.random();
            Path word = Files.writeString(staging.resolve("superuser"), passwords.superuser());
            own(staging);
            Path made = staging.resolve("cluster");
            run("initdb", initdb(made, word), "");
            single(made, "template1", firstStatements(passwords));
            run("initdb --sync-only", List.of(programs.initdb(), "--sync-only", "-D", made.toString()), "");
            passwords.write(settings.passwords());
            Files.move(made, settings.cluster(), StandardCopyOption.ATOMIC_MOVE);
            LOG.info(
                    "PostgreSQL {} data directory {} made in {} ms",
                    chosen.version(),
                    settings.cluster(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
            return passwords;
        } finally {
            Folders.delete(staging);
        }
    }

    private List<String> initdb(Path made, Path word) {
        List<String> command = new ArrayList<>(List.of(
                programs.initdb(),
                "--pgdata=" + made,
                "--username=postgres",
                "--pwfile=" + word,
                "--auth-local=reject",
                "--auth-host=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync"));
        if (chosen.major() >= 17) {
            command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        return command;
    }

    private static String firstStatements(Passwords passwords) {
        // large objects belong to no schema and have no row policies; what is in template1 is in the database that
        // comes of it
        return """
                REVOKE EXECUTE ON FUNCTION lo_creat(int), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC;
                CREATE ROLE mortise LOGIN CREATEROLE PASSWORD '%s';
                CREATE DATABASE mortise OWNER mortise;
                REVOKE ALL ON DATABASE postgres FROM PUBLIC;
                REVOKE ALL ON DATABASE template1 FROM PUBLIC;
                """.formatted(passwords.core());
    }

    private Passwords renewPasswords() throws IOException, InterruptedException {
        LOG.warn("{} was missing; new passwords are made", settings.passwords());
        Passwords passwords = Passwords.random();
        String sql = "ALTER ROLE %s PASSWORD '%s';\n";
        single(
                settings.cluster(),
                "postgres",
                sql.formatted("postgres", passwords.superuser()) + sql.formatted("mortise", passwords.core()));
        passwords.write(settings.passwords());
        return passwords;
    }

    /** Runs statements, one a line, in PostgreSQL's single-user mode: no server and no password needed. */
    private void single(Path cluster, String database, String statements) throws InterruptedException {
        String output = run(
                "postgres --single",
                List.of(programs.postgres(), "--single", "-D", cluster.toString(), database),
                statements);
        if (output.contains("ERROR:") || output.contains("FATAL:")) {
            throw new IllegalStateException("PostgreSQL refused the first statements: " + output);
        }
    }

    private String run(String name, List<String> command, String input) throws InterruptedException {
        Command.Result result =
                Command.run(LIMIT, chosen.account().command(command), input.getBytes(StandardCharsets.UTF_8));
        if (!result.good()) {
            throw new IllegalStateException("'" + name + "' ended with " + result.status() + ": " + result.output());
        }
        return result.output();
    }

    private void own(Path folder) throws IOException, InterruptedException {
        String owner = chosen.account().owner().orElse("");
        if (!owner.isEmpty() && !owner.startsWith(Files.getAttribute(folder, "unix:uid") + ":")) {
            Command.Result result = Command.run(LIMIT, List.of("chown", "-R", owner, folder.toString()));
            if (!result.good()) {
                throw new IOException(folder + " can't be given to " + owner + ": " + result.output());
            }
        }
    }
}
