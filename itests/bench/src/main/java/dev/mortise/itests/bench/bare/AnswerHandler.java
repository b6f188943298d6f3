// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.bare;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.itests.bench.plugins.Answers;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what the routes of the measured plugins answer, at the same addresses. It may block, as a handler of a plugin
 * may, so Jetty runs both the same way.
 */
final class AnswerHandler extends Handler.Abstract {
    private static final String ANSWERS = "/api/v1/p/back/answers/";
    private static final String CHAIN = "/api/v1/p/front/chain/";

    private final Optional<Upstream> upstream;
    private final IntSupplier port;

    AnswerHandler(Optional<Upstream> upstream, IntSupplier port) {
        this.upstream = upstream;
        this.port = port;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (path.startsWith(ANSWERS)) {
            answer(
                    response,
                    callback,
                    Answers.json(path.substring(ANSWERS.length())).getBytes(UTF_8));
        } else if (path.startsWith(CHAIN)) {
            answer(response, callback, chained(path.substring(CHAIN.length())));
        } else {
            return false;
        }
        return true;
    }

    private byte[] chained(String id) throws Exception {
        return upstream.orElseThrow().get(URI.create("http://127.0.0.1:" + port.getAsInt() + ANSWERS + id));
    }

    private static void answer(Response response, Callback callback, byte[] content) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Answers.TYPE);
        response.write(true, ByteBuffer.wrap(content), callback);
    }
}
