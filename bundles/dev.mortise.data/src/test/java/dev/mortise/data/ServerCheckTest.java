// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.port.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ServerCheckTest {
    private final TestServer on = TestServer.embedded();

    @Test
    void acceptsAUserWithCreateroleWhoOwnsTheDatabase() throws Exception {
        DatabaseServer server = on.fresh();
        try (Connection connection = TestServer.connect(server)) {
            assertThat(ServerCheck.check(connection, () -> TestServer.connect(server)))
                    .startsWith("18.");
        }
    }

    @Test
    void namesTheStatementThatGivesCreaterole() throws Exception {
        DatabaseServer server = on.fresh();

        assertThatThrownBy(() -> checkAs(server, "plain", "LOGIN"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("ALTER ROLE \"plain\" CREATEROLE");
    }

    @Test
    void namesTheStatementThatGivesTheDatabase() throws Exception {
        DatabaseServer server = on.fresh();

        assertThatThrownBy(() -> checkAs(server, "stranger", "LOGIN CREATEROLE"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("OWNER TO \"stranger\"");
    }

    @Test
    void refusesAPoolerThatLendsOneServerProcessToTwoClients() throws Exception {
        try (Connection shared = TestServer.connect(on.fresh())) {
            assertThatThrownBy(() -> ServerCheck.check(FakePooler.of(shared), () -> FakePooler.of(shared)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("pooler in transaction mode");
        }
    }

    @Test
    void acceptsAPoolerThatGivesEachClientItsOwnServerProcess() throws Exception {
        DatabaseServer server = on.fresh();
        try (Connection one = TestServer.connect(server);
                Connection other = TestServer.connect(server)) {
            assertThat(ServerCheck.check(FakePooler.of(one), () -> FakePooler.of(other)))
                    .startsWith("18.");
        }
    }

    private void checkAs(DatabaseServer server, String user, String attributes) throws SQLException {
        try (Connection superuser = on.superuser(server.url())) {
            Sql.execute(superuser, "CREATE ROLE " + user + " PASSWORD 'x' " + attributes);
            try (Connection connection = TestServer.connect(server.url(), user, "x")) {
                ServerCheck.check(connection, () -> TestServer.connect(server.url(), user, "x"));
            } finally {
                Sql.execute(superuser, "DROP ROLE " + user);
            }
        }
    }
}
