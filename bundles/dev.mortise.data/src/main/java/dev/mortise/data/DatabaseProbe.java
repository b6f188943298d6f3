// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks the database whether it answers, in bounded time: a question that hangs is not asked twice. */
final class DatabaseProbe {
    private static final Duration LIMIT = Duration.ofMillis(800);

    private final PooledDatabase database;
    private final String place;
    private CompletableFuture<Line> asked = CompletableFuture.completedFuture(new Line("database", Status.UP, ""));

    DatabaseProbe(PooledDatabase database, String place) {
        this.database = database;
        this.place = place;
    }

    Line check() {
        return ask().completeOnTimeout(
                        line(Status.DOWN, "does not answer within " + LIMIT.toMillis() + " ms."),
                        LIMIT.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
    }

    private synchronized CompletableFuture<Line> ask() {
        if (asked.isDone()) {
            CompletableFuture<Line> question = new CompletableFuture<>();
            asked = question;
            database.pools().execute(() -> question.complete(answer()));
        }
        return asked.copy();
    }

    private Line answer() {
        try {
            database.call("it is being asked how it stands", connection -> Sql.text(connection, "SELECT 1"));
            return line(
                    Status.UP, "runs PostgreSQL " + database.server() + ", schema version " + database.schema() + ".");
        } catch (Throwable e) {
            // a question without an answer would be the last one
            return line(Status.DOWN, "can't be reached: " + reason(e));
        }
    }

    /** Answers the server's own words where there are some, as for a wrong password: what lies around them says less. */
    private static String reason(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() instanceof SQLException next) {
            cause = next;
        }
        return String.valueOf(cause.getMessage());
    }

    private Line line(Status status, String state) {
        return new Line("database", status, "The database " + place + " " + state);
    }
}
