// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An exchange without a server: the test asks and reads the one answer. */
final class FakeExchange implements HttpExchange {
    private final String method;
    private final String path;
    private final Optional<String> query;
    private final Map<String, List<String>> fields = new HashMap<>();
    private final CompletableFuture<Response> answer = new CompletableFuture<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
    private final Queue<Delivery> deliveries = new ArrayDeque<>();
    private Body body = Body.empty();
    private long limit = Long.MAX_VALUE;
    private boolean reading;
    private volatile boolean aborted;
    private volatile String answeringThread = "";

    private FakeExchange(String method, String target) {
        this.method = method;
        int question = target.indexOf('?');
        this.path = question < 0 ? target : target.substring(0, question);
        this.query = question < 0 ? Optional.empty() : Optional.of(target.substring(question + 1));
    }

    static FakeExchange of(String method, String target) {
        return new FakeExchange(method, target);
    }

    static FakeExchange get(String target) {
        return of("GET", target);
    }

    FakeExchange with(String name, String value) {
        fields.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    FakeExchange as(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** Sets the body; what has more than this many bytes is over the limit. */
    FakeExchange body(Body content, long most) {
        limit = most;
        return body(content);
    }

    FakeExchange body(Body content) {
        body = content;
        return this;
    }

    /** Says what becomes of the next answer that is handed over. */
    FakeExchange delivering(Delivery delivery) {
        deliveries.add(delivery);
        return this;
    }

    /** Writes the answer's body at once, on the thread that answers, as a server does. */
    FakeExchange reading() {
        reading = true;
        return this;
    }

    /** Answers what was written of the body then. */
    String written() {
        return sink.toString(StandardCharsets.UTF_8);
    }

    Response answer() {
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }

    int answers() {
        return answers.get();
    }

    boolean answered() {
        return answer.isDone();
    }

    int status() {
        return answer().status();
    }

    String text() {
        try {
            return answer().body().text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers the code of a problem. */
    String code() {
        return member("code");
    }

    String detail() {
        return member("detail");
    }

    String field(String name) {
        return answer().headers().first(name).orElse("absent");
    }

    String answeringThread() {
        return answeringThread;
    }

    private String member(String name) {
        String text = text();
        int start = text.indexOf("\"" + name + "\":\"");
        if (start < 0) {
            return "no " + name + " in " + text;
        }
        int from = start + name.length() + 4;
        int end = from;
        while (text.charAt(end) != '"' || text.charAt(end - 1) == '\\') {
            end++;
        }
        return text.substring(from, end);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String rawPath() {
        return path;
    }

    @Override
    public Optional<String> rawQuery() {
        return query;
    }

    @Override
    public Headers headers() {
        return Headers.of(fields);
    }

    @Override
    public Body body() {
        if (body.length().orElse(0) > limit) {
            throw new MortiseException(ErrorCode.PAYLOAD_TOO_LARGE, "The body is too large.");
        }
        return body;
    }

    @Override
    public Body unboundedBody() {
        return body;
    }

    @Override
    public String clientAddress() {
        return "127.0.0.1";
    }

    @Override
    public Delivery respond(Response response) {
        answers.incrementAndGet();
        answeringThread = Thread.currentThread().getName();
        Delivery delivery = deliveries.isEmpty() ? Delivery.SENT : deliveries.remove();
        if (reading && delivery == Delivery.SENT && !answered()) {
            delivery = write(response);
        }
        if (delivery instanceof Delivery.Unwritable) {
            return delivery;
        }
        return answer.complete(response) ? delivery : Delivery.LATE;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    boolean aborted() {
        return aborted;
    }

    private Delivery write(Response response) {
        try {
            response.body().writeTo(sink);
            return Delivery.SENT;
        } catch (IOException | RuntimeException e) {
            return sink.size() == 0 ? new Delivery.Unwritable(e) : new Delivery.BrokenOff(e, false);
        }
    }
}
