// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.model.PluginId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Connections whose return goes wrong. */
class GivenBackTest {
    @Test
    void oneThatCannotBeCleanedGoesToNobodyElseWhateverIsWrong() throws SQLException {
        try (TestDatabase database = TestDatabase.open()) {
            Connection pooled = database.opened().pool().getConnection();
            String process = Sql.text(pooled, "SELECT pg_backend_pid()");
            Session odd = new Session(behind(Connection.class, pooled, result -> {
                throw new IllegalStateException("Nobody thought of this.");
            }));
            Connection lent = new LentConnection(
                            "It",
                            pooled,
                            odd,
                            database.opened().pool(),
                            new SessionStatements(),
                            new OwnFunctions("p_shop"))
                    .connection();

            lent.close();

            assertThat(database.opened().<String>call("x", next -> Sql.text(next, "SELECT pg_backend_pid()")))
                    .isNotEqualTo(process);
        }
    }

    @Test
    void oneOfAnOwnerIsClosedWhereItsRoleCannotBeClosed() throws Exception {
        try (PluginFixture shop = new PluginFixture(TestServer.embedded(), Limits.DEFAULT)) {
            PluginNames names = new PluginNames(new PluginId("shop"), shop.opened.id());
            OwnerLogin login = new OwnerLogin(refusing(shop.opened.pool()), shop.opened.connector());

            assertThatThrownBy(() -> login.open(names)).hasMessageContaining("It can't be closed.");

            try (Connection superuser =
                    shop.database.on().superuser(shop.database.server().url())) {
                await().untilAsserted(() -> assertThat(Sql.text(
                                superuser,
                                "SELECT count(*) FROM pg_stat_activity WHERE usename = ?",
                                names.owner().replace("\"", "")))
                        .isEqualTo("0"));
            }
        }
    }

    /** Whose connections refuse to take the right to log in from a role. */
    private static DataSource refusing(DataSource pool) {
        return behind(
                DataSource.class,
                pool,
                connection -> behind(
                        Connection.class,
                        connection,
                        result -> result instanceof Statement && !(result instanceof PreparedStatement)
                                ? behind(Statement.class, result, UnaryOperator.identity())
                                : result));
    }

    private static <T> T behind(Class<T> type, Object real, UnaryOperator<Object> seen) {
        return type.cast(Proxy.newProxyInstance(
                GivenBackTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (arguments != null && String.valueOf(arguments[0]).contains("NOLOGIN")) {
                        throw new SQLException("It can't be closed.");
                    }
                    try {
                        return seen.apply(method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
