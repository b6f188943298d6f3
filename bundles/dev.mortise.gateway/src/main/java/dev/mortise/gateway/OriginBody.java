// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.call.AwaitedContent;
import dev.mortise.kernel.call.Unread;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * A streaming body of another plugin.
 *
 * @param ends whether it ends in order when its version leaves, as answers of streaming endpoints do; all else is finished
 */
record OriginBody(Body body, Origin origin, boolean ends) implements Body, Closeable, AwaitedContent {
    @Override
    public OptionalLong length() {
        return body.length();
    }

    @Override
    public ByteBuffer buffer() throws IOException {
        return origin.run(body::buffer).asReadOnlyBuffer();
    }

    @Override
    public InputStream stream() throws IOException {
        return origin.run(body::stream);
    }

    @Override
    public void writeTo(OutputStream sink) throws IOException {
        origin.run(() -> {
            if (ends) {
                PassedStream.write(body, sink, origin.owner().stay().streams());
            } else {
                body.writeTo(sink);
            }
            return true;
        });
    }

    @Override
    public void close() {
        Unread.discard(body);
    }

    @Override
    public boolean held(long nanos) {
        return AwaitedContent.held(body, nanos);
    }

    @Override
    public boolean buffered() {
        return false;
    }

    @Override
    public String toString() {
        return "a stream of " + origin.owner().title();
    }
}
