// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Server-sent events as they come, line by line. */
final class EventStream implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end;

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        this.end = CompletableFuture.runAsync(this::read);
    }

    static EventStream open(Client client, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(client.base().resolve(path));
        client.fields().forEach(request::header);
        return new EventStream(HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()));
    }

    int status() {
        return response.statusCode();
    }

    /** Answers the lines so far. */
    List<String> lines() {
        return lines;
    }

    /** Answers the values of a field so far. */
    List<String> values(String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field + ": "))
                .map(line -> line.substring(field.length() + 2))
                .toList();
    }

    /** Tells whether the server has ended it, in order or not. */
    boolean ended() {
        return end.isDone();
    }

    boolean endedInOrder() {
        return end.isDone() && !end.isCompletedExceptionally();
    }

    private void read() {
        try (var text = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            text.lines().forEach(lines::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
