// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.HealthSource.Status;
import dev.mortise.kernel.port.Secrets.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileCheckTest {
    private static final Owner OWNER = new Owner(new TenantId("acme"), new PluginId("reports"), "apiKey");

    @TempDir
    private Path home;

    @TempDir
    private Path other;

    private final KnownNames database = new KnownNames();

    private FileSecrets secrets(Path where) {
        FileSecrets secrets = new FileSecrets(new SecretKeyFile(where), Duration.ZERO);
        secrets.check().use(database);
        return secrets;
    }

    private SecretsHealth health(Path where) {
        return new SecretsHealth(new KeyFileCheck(new SecretKeyFile(where), Duration.ZERO), database);
    }

    @Test
    void sealsNothingWithAFileOfAnotherDatabase() {
        String envelope = secrets(home).seal(OWNER, "x");

        assertThatThrownBy(() -> secrets(other).seal(OWNER, "y"))
                .isInstanceOf(MortiseException.class)
                .hasMessageStartingWith(other.resolve("data/secrets-key")
                        + " is missing, or is not the file that secrets" + " of this database were sealed with");
        assertThat(secrets(home).open(OWNER, envelope)).isEqualTo("x");
        assertThat(database.all).containsExactly(envelope.split("\\.", -1)[1]);
    }

    @Test
    void isDownUntilTheRightFileIsThere() throws IOException {
        assertThat(health(other).check().status()).isEqualTo(Status.UP);
        secrets(home).seal(OWNER, "x");
        SecretsHealth health = health(other);

        assertThat(health.check().status()).isEqualTo(Status.DOWN);
        assertThat(health.check().message()).contains("Copy the file from the home");

        Files.createDirectories(other.resolve("data"));
        Files.copy(home.resolve("data/secrets-key"), other.resolve("data/secrets-key"));
        assertThat(health.check().status()).isEqualTo(Status.UP);
    }

    @Test
    void beginsAnewWhereTheFileIsLost() throws IOException {
        String lost = secrets(home).seal(OWNER, "x");
        FileSecrets secrets = secrets(other);
        SecretsHealth health = new SecretsHealth(secrets.check(), database);
        assertThat(health.check().status()).isEqualTo(Status.DOWN);

        assertThat(secrets.check().forgetMissing()).isTrue();

        assertThat(health.check().status()).isEqualTo(Status.UP);
        String fresh = secrets.seal(OWNER, "y");
        assertThat(secrets.open(OWNER, fresh)).isEqualTo("y");
        assertThatThrownBy(() -> secrets.open(OWNER, lost)).hasMessageContaining("which is not in " + other);
        assertThat(secrets.check().forgetMissing()).isFalse();
        assertThat(database.all).containsExactly(fresh.split("\\.", -1)[1]);
    }

    @Test
    void isDownAlsoWhereTheFileCannotBeReadFromTheBeginning() throws IOException {
        secrets(home).seal(OWNER, "x");
        Files.createDirectories(other.resolve("data"));
        Files.writeString(other.resolve("data/secrets-key"), "garbage");

        SecretsHealth health = health(other);
        assertThat(health.check().status()).isEqualTo(Status.DOWN);
        assertThat(health.check().message()).contains("is no file of keys").doesNotContain("garbage");

        Files.delete(other.resolve("data/secrets-key"));
        Files.copy(home.resolve("data/secrets-key"), other.resolve("data/secrets-key"));
        assertThat(health.check().status()).isEqualTo(Status.UP);
    }

    @Test
    void aKeyThatWasMadeBesideAKnownOneIsKnown() {
        FileSecrets secrets = secrets(home);
        secrets.seal(OWNER, "x");
        secrets.keys().add(Instant.EPOCH);

        secrets.seal(OWNER, "y");

        assertThat(database.all).hasSize(2);
        secrets.keys().drop(Instant.MAX);
        secrets.check().forgetMissing();
        assertThat(health(home).check().status()).isEqualTo(Status.UP);
        secrets(home).seal(OWNER, "z");
    }

    @Test
    void isDownWithACopyOfTheFileFromBeforeItsKeysWereDropped() throws IOException {
        FileSecrets secrets = secrets(home);
        secrets.seal(OWNER, "x");
        copyTo(other);
        rotateAndDrop(secrets);

        assertThat(health(home).check().status()).isEqualTo(Status.UP);
        assertThat(health(other).check().status()).isEqualTo(Status.DOWN);
        assertThatThrownBy(() -> secrets(other).seal(OWNER, "z")).hasMessageContaining("is not the file");
    }

    @Test
    void isDegradedWhereTheNewKeyIsNotCopiedYetAndSealsWithTheOldOne() throws IOException {
        FileSecrets secrets = secrets(home);
        secrets.seal(OWNER, "x");
        copyTo(other);
        FileSecrets there = secrets(other);
        SecretsHealth health = new SecretsHealth(there.check(), database);
        secrets.keys().add(Instant.EPOCH);
        String fresh = secrets.seal(OWNER, "y");

        assertThatThrownBy(() -> there.open(OWNER, fresh)).hasMessageContaining("which is not in " + other);

        assertThat(health.check().status()).isEqualTo(Status.DEGRADED);
        assertThat(health.check().message()).contains("lacks 1 of the 2 keys");
        assertThat(secrets.open(OWNER, there.seal(OWNER, "z"))).isEqualTo("z");
        copyTo(other);
        assertThat(health.check().status()).isEqualTo(Status.UP);
    }

    @Test
    void isUpOnAnotherNodeThatGotTheNewKeyAlone() throws IOException {
        FileSecrets secrets = secrets(home);
        secrets.seal(OWNER, "x");
        copyTo(other);
        SecretsHealth there = health(other);
        rotateAndDrop(secrets);
        copyTo(other);

        database.away = true;
        assertThat(there.check().status()).isEqualTo(Status.DOWN);
        database.away = false;
        assertThat(there.check().status()).isEqualTo(Status.UP);
    }

    @Test
    void sealsNothingMoreOnANodeThatRanOnWithAKeyThatWasDroppedElsewhere() throws IOException {
        FileSecrets secrets = secrets(home);
        secrets.seal(OWNER, "x");
        copyTo(other);
        FileSecrets there = secrets(other);
        there.seal(OWNER, "y");

        rotateAndDrop(secrets);

        assertThatThrownBy(() -> there.seal(OWNER, "z")).hasMessageContaining("is not the file");
    }

    @Test
    void makesKnownAgainWhatAnotherNodeForgot() throws IOException {
        FileSecrets secrets = secrets(home);
        secrets.seal(OWNER, "x");
        copyTo(other);
        secrets.keys().add(Instant.EPOCH);
        secrets.seal(OWNER, "y");
        FileSecrets there = secrets(other);
        assertThat(there.check().forgetMissing()).isTrue();

        secrets.seal(OWNER, "z");

        assertThat(database.all).hasSize(2);
    }

    private static void rotateAndDrop(FileSecrets secrets) {
        secrets.keys().add(Instant.EPOCH);
        secrets.seal(OWNER, "y");
        secrets.keys().drop(Instant.MAX);
        secrets.check().forgetMissing();
    }

    private void copyTo(Path place) throws IOException {
        Files.createDirectories(place.resolve("data"));
        Files.copy(
                home.resolve("data/secrets-key"),
                place.resolve("data/secrets-key"),
                StandardCopyOption.REPLACE_EXISTING);
    }
}
