// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"unshare", "setpriv", "runuser", "su"})
    void rootRunsTheServerWhenWhatComesBeforeFails(String name) throws Exception {
        List<Account> accounts = accountsOfRoot();
        List<Account> tried = new ArrayList<>();
        for (Account account : accounts) {
            boolean works = account.name().equals(name);
            tried.add(works ? account : new Account(account.name(), List.of("false"), false, account.owner()));
        }

        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home), user -> tried)) {
            assertThat(Servers.query(postgres.start(), "SELECT 1")).isEqualTo("1");

            assertThat(Files.getOwner(home.resolve("data/postgres")).getName())
                    .isEqualTo(name.equals("unshare") ? "root" : "nobody");
        }
        assertThat(Servers.processes(home).find()).isEmpty();
    }

    @Test
    void theDataFollowWhenAnotherAccountIsChosenLater() throws Exception {
        List<Account> accounts = accountsOfRoot();
        for (int first : List.of(0, 1, 0)) {
            List<Account> chosen = List.of(accounts.get(first));
            try (EmbeddedPostgres postgres = new EmbeddedPostgres(Servers.settings(home), user -> chosen)) {
                assertThat(Servers.query(postgres.start(), "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void quotesArgumentsThatPassThroughAShell() {
        Account su = new Account("su", List.of("su", "nobody", "-c"), true, Optional.empty());

        assertThat(su.command(List.of("a b", "it's"))).containsExactly("su", "nobody", "-c", "exec 'a b' 'it'\\''s'");
    }

    private List<Account> accountsOfRoot() throws IOException, InterruptedException {
        List<Account> accounts = AccountChoice.candidates("nobody");
        assumeTrue(accounts.size() == 4, "root with a user nobody");
        home.toFile().setExecutable(true, false);
        Servers.copyCluster(home);
        return accounts;
    }
}
