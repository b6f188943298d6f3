// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the first account under which the server's programs run on this machine. */
final class AccountChoice {
    private static final Logger LOG = LoggerFactory.getLogger(AccountChoice.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<Account> candidates;
    private final Programs programs;
    private final List<Path> folders;

    /** The folders are those that another user would have to pass through. */
    AccountChoice(List<Account> candidates, Programs programs, List<Path> folders) {
        this.candidates = List.copyOf(candidates);
        this.programs = programs;
        this.folders = List.copyOf(folders);
    }

    /** What runs: the account, and the version that the programs say they have. */
    record Chosen(Account account, String version) {
        int major() {
            return Integer.parseInt(version.split("\\D", 2)[0]);
        }
    }

    /** Answers the accounts to try on this machine. */
    static List<Account> candidates(String user) throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return List.of(Account.SELF);
        }
        for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
            String[] fields = line.split(":", -1);
            if (fields[0].equals(user) && fields.length >= 4) {
                return Account.forRoot(user, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
            }
        }
        LOG.warn("There is no user '{}' on this machine; PostgreSQL can be started only in a user namespace", user);
        return Account.forRoot(user, 0, 0).subList(0, 1);
    }

    /** Tries one candidate after the other. */
    Chosen choose() throws InterruptedException {
        List<String> failures = new ArrayList<>();
        for (Account account : candidates) {
            if (account.foreign()) {
                folders.forEach(Folders::letPass);
            }
            Command.Result result = Command.run(LIMIT, account.command(List.of(programs.postgres(), "--version")));
            if (result.good()) {
                return chosen(account, result.output(), failures);
            }
            failures.add(account.name() + ": " + result.output());
        }
        throw new Refusal("PostgreSQL does not run on this machine. Tried " + String.join("; ", failures)
                + ". Start Mortise as a normal user, or from a folder that the user of 'account' in"
                + " etc/postgres-embedded.properties can reach.");
    }

    private static Chosen chosen(Account account, String output, List<String> failures) {
        if (!failures.isEmpty()) {
            LOG.info("PostgreSQL runs by {}, because {}", account.name(), String.join("; ", failures));
        }
        return new Chosen(account, output.replaceFirst("^.*?(\\d+(\\.\\d+)*).*$", "$1"));
    }
}
