// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the core with the credential that holds. The client of the JDK is made for the first of them: a plugin
 * that calls nobody does not pay for it.
 */
public final class CoreClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    /** An answer up to here is in memory when it is handed on, so that nobody needs to read it. */
    private static final long AT_ONCE = 64 * 1024;
    /** What the client writes itself. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

    private final URI core;
    private final Supplier<String> credential;
    private volatile @Nullable HttpClient client;

    /**
     * Makes a client of one core.
     *
     * @param core its URL without a slash at the end
     * @param credential answers the token that holds
     */
    public CoreClient(URI core, Supplier<String> credential) {
        this.core = core;
        this.credential = credential;
    }

    /**
     * A request.
     *
     * @param target path and query, percent-encoded
     * @param patience how long its answer is waited for, until its head is there
     */
    record Outgoing(String method, String target, Headers headers, Body body, Duration patience) {}

    /**
     * Sends a request and answers what comes back. The content of a longer answer is read from the connection, and closing
     * it gives the connection back.
     *
     * @throws IOException when nothing comes back; {@link java.net.http.HttpTimeoutException} when that is for want of time
     */
    Response send(Outgoing request) throws IOException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(core + request.target()))
                .timeout(request.patience().compareTo(SHORTEST) < 0 ? SHORTEST : request.patience())
                .method(request.method(), publisher(request.body()));
        request.headers().forEach((name, values) -> {
            if (!OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        builder.setHeader("Authorization", "Bearer " + credential.get());
        try {
            return answer(client().send(builder.build(), BodyHandlers.ofInputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The call was given up.", e);
        }
    }

    private static BodyPublisher publisher(Body body) throws IOException {
        if (!body.buffered()) {
            return BodyPublishers.ofInputStream(() -> opened(body));
        }
        byte[] bytes = new byte[body.buffer().remaining()];
        body.buffer().get(bytes);
        return bytes.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes);
    }

    private static InputStream opened(Body body) {
        try {
            return body.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response answer(HttpResponse<InputStream> answer) throws IOException {
        OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
        Headers headers = Headers.of(answer.headers().map());
        if (length.isPresent() && length.getAsLong() <= AT_ONCE) {
            try (InputStream in = answer.body()) {
                return new Response(answer.statusCode(), headers, Body.of(in.readAllBytes()));
            }
        }
        return new Response(answer.statusCode(), headers, new AnswerContent(answer.body(), length));
    }

    private HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            synchronized (this) {
                known = client == null ? make() : client;
                client = known;
            }
        }
        return known;
    }

    private static HttpClient make() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }
}
