// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.Secrets.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSecretsTest {
    private static final Owner OWNER = owner("acme", "reports", "apiKey");

    @TempDir
    private Path home;

    private Path file;
    private FileSecrets secrets;

    @BeforeEach
    void make() {
        file = home.resolve("data/secrets-key");
        secrets = new FileSecrets(new SecretKeyFile(home), Duration.ZERO);
    }

    @Test
    void opensWhatItSealedAlsoAfterARestart() {
        String envelope = secrets.seal(OWNER, "canary Grüße");

        assertThat(envelope).startsWith("v1.").doesNotContain("canary");
        assertThat(secrets.open(OWNER, envelope)).isEqualTo("canary Grüße");
        assertThat(new FileSecrets(new SecretKeyFile(home), Duration.ZERO).open(OWNER, envelope))
                .isEqualTo("canary Grüße");
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        assertThat(secrets.seal(OWNER, "x")).isNotEqualTo(secrets.seal(OWNER, "x"));
    }

    @Test
    void makesItsFileForItsOwnerAloneAtTheFirstSecret() throws IOException {
        assertThat(file).doesNotExist();

        secrets.seal(OWNER, "x");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(""))))
                .isEqualTo("rwx------");
    }

    @Test
    void opensNothingThatWasMovedToAnotherPlace() {
        String envelope = secrets.seal(OWNER, "x");

        for (Owner other : new Owner[] {
            owner("beta", "reports", "apiKey"), owner("acme", "crm", "apiKey"), owner("acme", "reports", "other")
        }) {
            refused(() -> secrets.open(other, envelope), "does not open: it was sealed for another place, or changed.");
        }
    }

    @Test
    void opensNothingThatWasChanged() {
        String envelope = secrets.seal(OWNER, "text of some length");
        int last = envelope.length() - 8;
        String changed =
                envelope.substring(0, last) + (envelope.charAt(last) == 'A' ? 'B' : 'A') + envelope.substring(last + 1);

        refused(() -> secrets.open(OWNER, changed), "does not open");
        refused(() -> secrets.open(OWNER, envelope.substring(0, 14)), "does not open");
        refused(() -> secrets.open(OWNER, "v2.x.y"), "is no envelope that this version of Mortise knows.");
    }

    @Test
    void namesTheFileAndTheKeyThatAreLost() throws IOException {
        String envelope = secrets.seal(OWNER, "x");
        String id = envelope.split("\\.", -1)[1];
        Files.delete(file);

        refused(
                () -> new FileSecrets(new SecretKeyFile(home), Duration.ZERO).open(OWNER, envelope),
                "Secret 'apiKey' of plugin 'reports' for tenant 'acme' was sealed with key '" + id
                        + "', which is not in " + file + ". Put back a copy of that file, or set the value anew.");
    }

    @Test
    void findsAKeyThatAnotherNodeAdded() {
        secrets.seal(OWNER, "x");
        FileSecrets other = new FileSecrets(new SecretKeyFile(home), Duration.ZERO);
        other.keys().add(Instant.EPOCH);

        assertThat(secrets.open(OWNER, other.seal(OWNER, "y"))).isEqualTo("y");
    }

    @Test
    void sealsWithTheNewestKeyAsSoonAsTheFileHasIt() throws IOException {
        String old = secrets.seal(OWNER, "x");
        SecretKey newest =
                new FileSecrets(new SecretKeyFile(home), Duration.ZERO).keys().add(Instant.EPOCH);

        assertThat(secrets.seal(OWNER, "y")).startsWith("v1." + newest.id() + ".");
        assertThat(secrets.open(OWNER, old)).isEqualTo("x");
        assertThat(Files.readAllLines(file).get(1)).endsWith(" retired 1970-01-01T00:00:00Z");
    }

    @Test
    void neverShowsAKey() throws IOException {
        secrets.seal(OWNER, "x");
        String key = Files.readString(file).strip().split(" ", -1)[1];
        Files.writeString(file, "id " + key + "zz\n");

        assertThat(SecretKey.random().toString()).hasSize(8);
        assertThatThrownBy(() -> new FileSecrets(new SecretKeyFile(home), Duration.ZERO).seal(OWNER, "x"))
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining(key.substring(0, 8))
                .hasNoCause();
    }

    private static void refused(ThrowingCallable task, String sentence) {
        assertThatThrownBy(task).isInstanceOf(MortiseException.class).hasMessageContaining(sentence);
    }

    static Owner owner(String tenant, String plugin, String field) {
        return new Owner(new TenantId(tenant), new PluginId(plugin), field);
    }
}
