// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import static dev.mortise.security.Fixtures.TENANTS;
import static dev.mortise.security.Fixtures.identity;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mortise.testkit.port.MapTokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class FirstAdminTokenTest {
    @TempDir
    Path home;

    private final MapTokenStore store = new MapTokenStore();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    @BeforeEach
    void listen() {
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(log);
    }

    @Test
    void opensTheContainerWithTheTextInTheFile() throws IOException {
        CoreTokens tokens = start();

        assertThat(Files.readString(file())).endsWith("\n").hasLineCount(1);
        assertThat(identity(tokens.judge(kept())).has("*")).isTrue();
    }

    @Test
    void letsOnlyTheOwnerReadTheFile() throws IOException {
        start();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.list(file().resolveSibling(""))).containsExactly(file());
    }

    @Test
    void keepsTheTokenOverRestarts() throws IOException {
        start();
        String first = Files.readString(file());

        start();

        assertThat(Files.readString(file())).isEqualTo(first);
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void makesNoSecondTokenWhenOnlyTheFileIsLost() throws IOException {
        start();
        Files.delete(file());

        start();

        assertThat(file()).doesNotExist();
        assertThat(store.all()).hasSize(1);
        assertThat(messages()).contains("token create admin");
    }

    @Test
    void saysThatTheFileOpensNothing() throws IOException {
        start();
        Files.writeString(file(), "mor_a_" + "x".repeat(43) + "\n");

        start();

        assertThat(messages()).contains("does not open this container");
    }

    @Test
    void makesATokenWhenACrashLeftATextThatOpensNothing() throws IOException {
        start();
        String lost = Files.readString(file());
        store.all().forEach(token -> store.revoke(token.id()));

        CoreTokens tokens = start();

        assertThat(Files.readString(file())).isNotEqualTo(lost);
        assertThat(identity(tokens.judge(kept())).has("*")).isTrue();
    }

    @Test
    void neverLogsATokensText() throws IOException {
        CoreTokens tokens = start();
        tokens.create(Fixtures.forPlugin("inventory"));

        assertThat(messages()).isNotEmpty().doesNotContainPattern("mor_[a-z]_[A-Za-z0-9_-]{10}");
    }

    private String messages() {
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList()
                .toString();
    }

    private CoreTokens start() {
        return new CoreTokens(store, TENANTS, home, Clock.systemUTC());
    }

    private TokenText kept() throws IOException {
        return new TokenText(Files.readString(file()).strip());
    }

    private Path file() {
        return home.resolve("data/admin-token");
    }
}
