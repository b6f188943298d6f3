// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;

/** Streams: pieces that are made when somebody says so, and a conversation that answers each piece with one. */
@Component
public final class Streams implements RouteProvider {
    private final Semaphore ticks = new Semaphore(0);
    private volatile String end = "open";

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/pieces", request -> Response.of(200, "text/event-stream", Body.writing(this::pieces))),
                Route.post("/pieces/tick", request -> tick()),
                Route.get("/pieces/end", request -> Response.text(end)),
                Route.post("/conversation", Streams::conversation));
    }

    private Response tick() {
        ticks.release();
        return Response.status(204);
    }

    private void pieces(OutputStream sink) throws IOException {
        end = "open";
        try {
            while (ticks.tryAcquire(50, TimeUnit.SECONDS)) {
                sink.write("data: tick\n\n".getBytes(US_ASCII));
                sink.flush();
            }
            end = "silence";
        } catch (InterruptedException e) {
            end = "interrupted";
            throw new InterruptedIOException("interrupted");
        } catch (IOException e) {
            end = "broken off";
            throw e;
        }
    }

    private static Response conversation(Request request) throws IOException {
        InputStream in = request.body().stream();
        return Response.of(200, "text/plain", Body.writing(sink -> {
            byte[] piece = new byte[1024];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                sink.write('<');
                sink.write(piece, 0, count);
                sink.write('>');
                sink.flush();
            }
        }));
    }
}
