// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** Plugin 'shop', whose processes are given logins for tenants acme and beta, on a server. */
abstract class LoginCases {
    static final PluginId SHOP = new PluginId("shop");
    static final String ORDERS = "SELECT coalesce(string_agg(what, ' ' ORDER BY what), 'none') FROM p_shop__orders";

    PluginFixture shop;
    PostgresPluginLogins logins;
    final List<AutoCloseable> open = new ArrayList<>();

    abstract Optional<TestServer> server();

    @BeforeEach
    void setUp() throws SQLException {
        Assumptions.assumeTrue(server().isPresent(), "needs: apt-get install postgresql-15");
        shop = new PluginFixture(server().get(), Limits.DEFAULT);
        logins = new PostgresPluginLogins(shop.opened);
    }

    @AfterEach
    void close() throws Exception {
        closeSessions();
        if (shop != null) {
            shop.close();
        }
    }

    void closeSessions() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        open.clear();
    }

    Database of(String tenant) {
        return logins.of(SHOP, Optional.of(new TenantId(tenant)));
    }

    /** A session as whatever driver makes it: nothing of Mortise stands between it and the server. */
    Connection session(Database given) throws SQLException {
        Connection connection = TestServer.connect(given.url(), given.user(), given.password());
        open.add(connection);
        Sql.execute(connection, "SET search_path = p_shop");
        return connection;
    }

    Connection acme() throws SQLException {
        return session(of("acme"));
    }

    String group(String suffix) {
        return "m" + shop.opened.id() + "_" + suffix;
    }

    String all() throws SQLException {
        return shop.database.text(
                "SELECT coalesce(string_agg(concat_ws(' ', what, tenant_id), ', ' ORDER BY id), 'none') FROM p_shop.p_shop__orders");
    }
}
