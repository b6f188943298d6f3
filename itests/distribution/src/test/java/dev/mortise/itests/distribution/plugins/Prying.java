// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.config.Credentials;
import dev.mortise.api.config.PluginConfig;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.shared.SharedData;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.api.shared.SharedNamespace;
import dev.mortise.api.shared.SharedValue;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps what a tenant gives it in every place that it has, and tells whoever asks all that it can reach. */
@Component
public final class Prying implements RouteProvider {
    private static final String READABLE = """
            SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND has_schema_privilege(pg_namespace.oid, 'USAGE')
              AND has_table_privilege(pg_class.oid, 'SELECT') ORDER BY 1
            """;

    private final DataSource database;
    private final SharedData shared;
    private final PluginConfig config;
    private final Credentials credentials;

    /** Made by DS. */
    @Activate
    public Prying(
            @Reference DataSource database,
            @Reference SharedData shared,
            @Reference PluginConfig config,
            @Reference Credentials credentials) {
        this.database = database;
        this.shared = shared;
        this.config = config;
        this.credentials = credentials;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/notes", this::keep),
                Route.get("/rows", request -> Response.text(String.join("\n", rows()))),
                Route.get("/shared", request -> Response.text(String.join(" ", shared()))),
                Route.get(
                        "/settings",
                        request -> Response.text(config.findText("note") + " " + credentials.find("key"))));
    }

    private SharedNamespace notes() {
        return shared.namespace("prying.notes");
    }

    private List<String> shared() {
        return notes().list(SharedFilter.ALL).values().stream()
                .map(SharedValue::json)
                .toList();
    }

    private Response keep(Request request) throws IOException, SQLException {
        String text = request.body().text();
        notes().set("kept", text);
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement("INSERT INTO p_prying__notes (text) VALUES (?)")) {
            statement.setString(1, text);
            statement.executeUpdate();
        }
        return Response.status(204);
    }

    private List<String> rows() throws SQLException {
        List<String> all = new ArrayList<>();
        for (String table : read(READABLE)) {
            all.add(table + ":");
            all.addAll(rows(table));
        }
        return all;
    }

    /** What can't be read is told too: it may say more than it should. */
    private List<String> rows(String table) {
        try {
            return read("SELECT t::text FROM " + table + " AS t LIMIT 5000");
        } catch (SQLException e) {
            return List.of(e.toString());
        }
    }

    private List<String> read(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
            return texts;
        }
    }
}
