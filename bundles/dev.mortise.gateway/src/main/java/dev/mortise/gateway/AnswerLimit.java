// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** How long an answer about tools may be, wherever it comes from: whoever asks holds the whole of it. */
final class AnswerLimit {
    private static final String KEY = "tools.answer.max.kb";

    private volatile int bytes;

    private AnswerLimit(int bytes) {
        this.bytes = bytes;
    }

    static AnswerLimit ofKilobytes(int most) {
        return new AnswerLimit(checked(most));
    }

    private static int checked(int kilobytes) {
        if (kilobytes < 1 || kilobytes > Integer.MAX_VALUE >> 10) {
            throw new IllegalArgumentException(
                    "%s must be from 1 to %d, not %d.".formatted(KEY, Integer.MAX_VALUE >> 10, kilobytes));
        }
        return kilobytes << 10;
    }

    /** Judges the next answers by another number. */
    void bound(int kilobytes) {
        bytes = checked(kilobytes);
    }

    /** Answers the sentence for whoever asked. */
    String sentence() {
        return "The answer has more than %d KB (%s).".formatted(bytes >> 10, KEY);
    }

    /** Answers it with all of its content read, as a connection would be held by whoever waits; nothing if it is too long. */
    Optional<Response> held(Response response) throws IOException {
        int most = bytes;
        Body body = response.body();
        if (body.buffered()) {
            return Optional.of(response).filter(all -> body.length().orElse(0) <= most);
        }
        try (InputStream in = body.stream()) {
            byte[] read = in.readNBytes(most + 1);
            return read.length > most
                    ? Optional.empty()
                    : Optional.of(new Response(response.status(), response.headers(), Body.of(read)));
        }
    }
}
