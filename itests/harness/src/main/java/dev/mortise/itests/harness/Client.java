// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Calls the product over HTTP/1.1 with one set of fields. Immutable. */
public final class Client {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final Map<String, String> fields;

    /** Makes a client without credential. */
    public Client(URI base) {
        this(base, Map.of());
    }

    private Client(URI base, Map<String, String> fields) {
        this.base = base;
        this.fields = fields;
    }

    /** Answers this client with one field more. */
    public Client with(String name, String value) {
        Map<String, String> more = new TreeMap<>(fields);
        more.put(name, value);
        return new Client(base, more);
    }

    /** Answers this client with a bearer token. */
    public Client token(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** Answers this client acting for a tenant. */
    public Client tenant(String tenant) {
        return with("X-Tenant-Id", tenant);
    }

    /** Answers the address that paths are below. */
    public URI base() {
        return base;
    }

    /** Answers the fields that every request carries. */
    public Map<String, String> fields() {
        return fields;
    }

    /** Gets a path. */
    public Answer get(String path) {
        return send("GET", path, "");
    }

    /** Posts JSON. */
    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    /** Sends any request; a body, if not empty, is JSON. */
    public Answer send(String method, String path, String json) {
        return json.isEmpty()
                ? send(request(path).method(method, BodyPublishers.noBody()))
                : send(request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json)));
    }

    /** Posts bytes of any type. */
    public Answer post(String path, String type, byte[] bytes) {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(bytes)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        fields.forEach(request::header);
        return request;
    }

    private static Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String what = request.method() + " " + request.uri().getPath();
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted at " + what, e);
        }
    }
}
