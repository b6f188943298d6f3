// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;

/** Streams that go on for ever, or fall silent, and calls that hang. Whatever waits ends when it is interrupted. */
@Component
public final class Feed implements RouteProvider {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/feed", request -> stream(this::goOn)),
                Route.get("/silent", request -> stream(this::fallSilent)),
                Route.get("/late", this::hang),
                Route.get("/hang", this::hang));
    }

    private static Response stream(Body.Writer writer) {
        return Response.of(200, "text/event-stream", Body.writing(writer));
    }

    private void goOn(OutputStream sink) throws IOException {
        do {
            event(sink);
        } while (!waited(100));
    }

    private void fallSilent(OutputStream sink) throws IOException {
        event(sink);
        waited(TimeUnit.MINUTES.toMillis(5));
    }

    private Response hang(Request request) throws IOException {
        waited(TimeUnit.MINUTES.toMillis(5));
        return Response.text("at last");
    }

    private static void event(OutputStream sink) throws IOException {
        sink.write("data: here\n\n".getBytes(StandardCharsets.US_ASCII));
        sink.flush();
    }

    private boolean waited(long millis) throws IOException {
        try {
            return never.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
    }
}
