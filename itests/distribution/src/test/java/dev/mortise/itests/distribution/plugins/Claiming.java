// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps notes, and tells those that it sees after it claimed to be another tenant. */
@Component
public final class Claiming implements RouteProvider {
    private static final String NOTES =
            "SELECT coalesce(string_agg(text, ' ' ORDER BY text), '') || ' as ' || session_user FROM p_claiming__notes";

    private final DataSource database;

    /** Made by DS. */
    @Activate
    public Claiming(@Reference DataSource database) {
        this.database = database;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/notes",
                        request -> said("INSERT INTO p_claiming__notes (text) VALUES ('"
                                + request.context().tenant().orElseThrow() + "') RETURNING text")),
                Route.get("/notes", request -> said(NOTES)),
                Route.get("/notes/of/{tenant}", this::claimed),
                Route.delete(
                        "/notes/of/{tenant}",
                        request -> said("DELETE FROM p_claiming__notes WHERE tenant_id = '"
                                + request.pathParameter("tenant") + "' RETURNING text")));
    }

    private Response claimed(Request request) throws SQLException {
        return said("SELECT set_config('mortise.tenant', '" + request.pathParameter("tenant") + "', false)", NOTES);
    }

    /** Answers what the last of them brings. */
    private Response said(String... statements) throws SQLException {
        String last = "";
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                try (ResultSet rows = statement.executeQuery(one)) {
                    last = rows.next() ? rows.getString(1) : "nothing";
                }
            }
        }
        return Response.text(last);
    }
}
