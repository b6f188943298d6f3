// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresSecretKeyNamesTest {
    private TestDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void keepsEachNameOnceForAllNodes() {
        PostgresSecretKeyNames names = new PostgresSecretKeyNames(database.opened());
        assertThat(names.known()).isEmpty();

        names.remember("aa11bb22");
        names.remember("aa11bb22");
        names.remember("cc33dd44");

        assertThat(new PostgresSecretKeyNames(database.opened()).known())
                .containsExactlyInAnyOrder("aa11bb22", "cc33dd44");

        names.forget(Set.of("aa11bb22", "nobody"));

        assertThat(names.known()).containsExactly("cc33dd44");
    }
}
