// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseKeyTest {
    @TempDir
    private Path folder;

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        database.execute("DELETE FROM mortise.meta WHERE key = 'db_key'");
        connection = TestServer.connect(database.server());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void staysTheSame() throws Exception {
        String password = key("key", false).passwordOf("role");

        assertThat(key("key", false).passwordOf("role")).isEqualTo(password);
        assertThat(key("key", true).passwordOf("role")).isEqualTo(password);
    }

    @Test
    void thatIsMissingOrAnothersIsRefusedWhereOthersMayHaveSetTheDatabaseUp() throws Exception {
        key("key", false);
        Files.writeString(folder.resolve("other"), "ab".repeat(32));

        assertThatThrownBy(() -> key("missing", false))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        folder.resolve("missing") + " is missing, which the passwords of plugins' roles");
        assertThat(folder.resolve("missing")).doesNotExist();
        assertThatThrownBy(() -> key("other", false))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("other is not the key of this database");
        key("key", false);
    }

    @Test
    void thatIsLostIsMadeAnewForADatabaseOfThisHomeAlone() throws Exception {
        String password = key("key", true).passwordOf("role");
        Files.delete(folder.resolve("key"));

        String fresh = key("key", true).passwordOf("role");

        assertThat(fresh).isNotEqualTo(password);
        assertThat(key("key", false).passwordOf("role")).isEqualTo(fresh);
    }

    private DatabaseKey key(String file, boolean alone) throws SQLException {
        return DatabaseKey.of(folder.resolve(file), connection, alone);
    }
}
