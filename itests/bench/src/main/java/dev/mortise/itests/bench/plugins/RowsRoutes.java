// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import com.zaxxer.hikari.HikariDataSource;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.call.Tenants;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads rows of one tenant, or of two by turns, as often as it can, and answers how often. */
public final class RowsRoutes implements RouteProvider {
    /** The other tenant; its rows begin with this number. */
    public static final long OTHER_FROM = 1_000_000;

    private final Tenants tenants;
    private final Rows rows;
    private final Rows plain;
    private volatile @Nullable HikariDataSource pool;

    /** Works on this database. */
    public RowsRoutes(DataSource database, Tenants tenants) {
        this.tenants = tenants;
        this.rows = new Rows(database, "p_rows__tenants");
        this.plain = new Rows(database, "p_rows__plain");
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/fill", this::fill),
                Route.post("/pool", this::open),
                Route.get("/plain/{millis}", this::readPlain),
                Route.get("/same/{millis}", request -> measure(request, number -> rows.read(number % Rows.COUNT))),
                Route.get("/alternating/{millis}", request -> measure(request, this::readForOneOfTwo)));
    }

    private interface Read {
        void read(long number) throws Exception;
    }

    private Response fill(Request request) throws Exception {
        plain.fill(0);
        rows.fill(0);
        tenants.run(new TenantId("other"), () -> {
            rows.fill(OTHER_FROM);
            return "filled";
        });
        return Response.status(204);
    }

    private Response open(Request request) throws Exception {
        pool = PlainPool.open(request.body().text().lines().toList());
        return Response.status(204);
    }

    private Response readPlain(Request request) throws Exception {
        Rows unbound = new Rows(Objects.requireNonNull(pool, "post the way to /pool first"), "p_rows.p_rows__plain");
        return measure(request, number -> unbound.read(number % Rows.COUNT));
    }

    private void readForOneOfTwo(long number) throws Exception {
        boolean other = number % 2 == 1;
        long id = number % Rows.COUNT + (other ? OTHER_FROM : 0);
        tenants.run(new TenantId(other ? "other" : "default"), () -> {
            rows.read(id);
            return "read";
        });
    }

    private static Response measure(Request request, Read read) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(request.pathParameter("millis")));
        long begin = System.nanoTime();
        long done = 0;
        while (System.nanoTime() < end) {
            read.read(done++);
        }
        double perSecond = done * 1e9 / (System.nanoTime() - begin);
        return Response.of(200, Answers.TYPE, Body.of("{\"perSecond\":" + perSecond + "}"));
    }
}
