// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.kernel.model.PluginId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Lends the one connection of plugin 'shop' as its pool does, and notes what the driver is told to execute. Holds that
 * nothing of a borrower's is ever executed before the binding to its tenant is confirmed, unless it carries that binding.
 */
final class WatchedLoans implements AutoCloseable {
    static final String BINDING = Session.carrying("");
    private static final List<String> OF_THE_HOUSE = List.of("DISCARD ALL", "ROLLBACK");

    private final Pools pools;
    private final HikariDataSource pool;
    private final DataSource source;
    private final SessionStatements statements = new SessionStatements();
    private final OwnFunctions functions = new OwnFunctions("p_shop");
    private final List<String> executed = new ArrayList<>();
    private Optional<String> atServer = Optional.of("");
    private String borrower = "";

    WatchedLoans(PluginFixture shop) {
        PluginNames names = new PluginNames(new PluginId("shop"), shop.opened.id());
        source = shop.opened.connector().app(names.app(), shop.opened.key().passwordOf(names.app()), names.schema());
        pools = new Pools(TestLimits.withPool(1));
        pool = pools.plugin(
                "shop", new ConnectionBudget(1, Duration.ofSeconds(1)).counted(Sources.of("shop", this::opened)));
    }

    /** Opens a connection of the plugin's that nobody stands before. */
    Connection plain() throws SQLException {
        return source.getConnection();
    }

    Connection lend(String tenant) throws SQLException {
        Connection connection = pool.getConnection();
        Session session = connection.unwrap(Session.Holder.class).session();
        session.beFor(tenant, functions);
        borrower = tenant;
        executed.clear();

        return new LentConnection("The loan", connection, session, pool, statements, functions).connection();
    }

    /** Answers what was executed since the last loan began; the binding is short, so are questions about functions. */
    List<String> executed() {
        return executed.stream()
                .filter(text -> !text.contains("pg_proc"))
                .map(text -> text.replace(BINDING, "BIND;").replace(BINDING.replace(";", ""), "BIND"))
                .toList();
    }

    private Connection opened() throws SQLException {
        atServer = Optional.of("");

        return (Connection) noted(source.getConnection(), "");
    }

    private Object noted(Object behind, String prepared) {
        ProxyType<?> type = behind instanceof Connection
                ? JdbcTypes.CONNECTION
                : JdbcTypes.of(behind).orElseThrow();
        List<String> values = new ArrayList<>();
        return type.proxy((self, method, arguments) -> {
            boolean text = arguments != null && arguments.length > 0 && arguments[0] instanceof String;
            String sql = text ? (String) arguments[0] : prepared;
            if (method.getName().startsWith("set") && arguments.length == 2 && arguments[0].equals(1)) {
                values.add(String.valueOf(arguments[1]));
            }
            boolean execution = behind instanceof Statement one
                    && !one.isClosed()
                    && method.getName().startsWith("execute");
            Object result =
                    execution ? execute(behind, method, arguments, sql, values) : call(behind, method, arguments);
            return result instanceof Statement ? noted(result, sql) : result;
        });
    }

    private Object execute(Object behind, Method method, Object[] arguments, String sql, List<String> values)
            throws Throwable {
        executed.add(sql);

        boolean binds = sql.startsWith(BINDING.replace(";", ""));
        if (!binds && !OF_THE_HOUSE.contains(sql) && !sql.contains("pg_proc")) {
            assertThat(atServer).as("tenant at the server after %s", executed).contains(borrower);
        }
        Optional<String> before = atServer;
        atServer = binds ? Optional.empty() : before;
        Object result = call(behind, method, arguments);
        if (binds) {
            atServer = Optional.of(values.get(values.size() - 1));
        } else if (sql.equals("DISCARD ALL")) {
            atServer = Optional.of("");
        }
        return result;
    }

    private static Object call(Object behind, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(behind, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    @Override
    public void close() {
        pool.close();
        pools.close();
    }
}
