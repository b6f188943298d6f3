// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpExchange;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** One exchange over Jetty; it must be made on the thread that handles it. */
final class JettyExchange implements HttpExchange {
    private final Request request;
    private final RequestHeaders headers;
    private final boolean carriesContent;
    private final HttpSettings.Limits limits;
    private final Body body;
    private final Completion completion;
    private final Taking taking;
    private final ResponseWriter writer;
    private final ClockedEndPoint clock;
    private final Thread handler = Thread.currentThread();

    JettyExchange(
            Request request, org.eclipse.jetty.server.Response response, Callback callback, HttpSettings settings) {
        this.request = request;
        this.limits = settings.limits();
        this.clock = (ClockedEndPoint)
                request.getConnectionMetaData().getConnection().getEndPoint();
        this.headers = new RequestHeaders(Http2.fields(request));
        this.carriesContent = carriesContent(request, headers);
        this.body = carriesContent ? new RequestBody(request, limits, limits.bodyBytes()) : Body.empty();
        this.completion = new Completion(
                carriesContent ? new Lingering(request, callback, settings.linger()) : callback, this::end);
        this.taking = taking(request);
        this.writer = new ResponseWriter(request, response, settings, taking, completion);
    }

    private static Taking taking(Request request) {
        return Http2.stream(request)
                .<Taking>map(stream -> connector(request).watch(StreamPace.of(stream)))
                .orElse(Taking.SEEN_BELOW);
    }

    private static ClockedConnector connector(Request request) {
        return (ClockedConnector) request.getConnectionMetaData().getConnector();
    }

    /** HTTP/1.1 says by its fields whether content follows (RFC 9112, section 6.3), HTTP/2 by a later frame. */
    private static boolean carriesContent(Request request, RequestHeaders headers) {
        if (!headers.announceContent()) {
            return Http2.carries(request);
        }
        long length = request.getLength();
        if (length >= 0) {
            return length > 0;
        }
        return Http2.carries(request) || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }

    /** The fields are here, the handler is about to run. */
    void begin() {
        clock.requestBegun();
    }

    private void end() {
        if (taking instanceof StreamPace pace) {
            connector(request).forget(pace);
        } else if (!Http2.carries(request)) {
            clock.requestEnded();
        }
    }

    /** The handler's thread is done with this exchange, answered or not. */
    void handlerReturned() {
        completion.handlerReturned();
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String rawPath() {
        return request.getHttpURI().getPath();
    }

    @Override
    public Optional<String> rawQuery() {
        return Optional.ofNullable(request.getHttpURI().getQuery());
    }

    @Override
    public Headers headers() {
        return headers;
    }

    @Override
    public Body body() {
        if (request.getLength() > limits.bodyBytes()) {
            throw RequestBody.tooLarge(limits.bodyBytes());
        }
        return body;
    }

    @Override
    public Body unboundedBody() {
        return carriesContent ? new RequestBody(request, limits, Long.MAX_VALUE) : Body.empty();
    }

    @Override
    public String clientAddress() {
        return clock.clientAddress(request);
    }

    @Override
    public Delivery respond(Response response) {
        return answer(response, false);
    }

    @Override
    public void abort() {
        if (Http2.carries(request)) {
            Http2.stream(request).ifPresent(stream -> Http2.reset(stream, ErrorCode.CANCEL_STREAM_ERROR));
        } else {
            clock.close();
        }
    }

    /** Answers with a refusal of the listener itself, after which the connection is of no use. */
    void refuse(Refusal refusal) {
        var unused = answer(refusal.response(), true);
    }

    private Delivery answer(Response response, boolean close) {
        if (!completion.answers()) {
            return Delivery.LATE;
        }
        clock.answerBegins();
        Delivery delivery = writer.write(response, close || !reusable(response));
        if (delivery instanceof Delivery.Unwritable) {
            completion.answersAgain();
        }
        return delivery;
    }

    /** A connection can't carry another request while the handler may still read this one, or while content is left. */
    private boolean reusable(Response response) {
        if (Thread.currentThread() != handler && !completion.hasHandlerReturned()) {
            return false;
        }
        boolean mayStillRead = !response.body().buffered(); // an answer that echoes the request as it comes
        return !carriesContent || mayStillRead || Http2.carries(request) || Lingering.nothingIsLeft(request);
    }
}
