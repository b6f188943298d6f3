// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import dev.mortise.api.error.ErrorCode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpVersion;

/**
 * Request line and fields, judged: what is here says clearly where the request ends.
 *
 * @param length of the content; empty when it comes in chunks
 */
record RequestHead(ClassicHttpRequest request, OptionalLong length) {
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern TARGET = Pattern.compile("/[\\x21-\\x7e&&[^#]]*");

    static RequestHead of(ClassicHttpRequest request) throws Refused {
        require(request.getVersion().lessEquals(HttpVersion.HTTP_1_1), "Only HTTP/1.1 is spoken here.");
        require(token(request.getMethod()), "The method is no token.");
        require(TARGET.matcher(request.getPath()).matches(), "The target is no path that begins with a slash.");
        for (Iterator<Header> fields = request.headerIterator(); fields.hasNext(); ) {
            require(token(fields.next().getName()), "The name of a field is no token.");
        }
        int hosts = request.countHeaders("Host");
        require(hosts == 1 || (hosts == 0 && old(request)), "A request has one field Host.");
        return new RequestHead(request, lengthOf(request));
    }

    private static boolean old(ClassicHttpRequest request) {
        return !request.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
    }

    private static OptionalLong lengthOf(ClassicHttpRequest request) throws Refused {
        int lengths = request.countHeaders("Content-Length");
        Header coding = request.getFirstHeader("Transfer-Encoding");
        if (coding != null) {
            require(lengths == 0, "A request has Content-Length or Transfer-Encoding, not both.");
            boolean chunks = request.countHeaders("Transfer-Encoding") == 1
                    && coding.getValue().equalsIgnoreCase("chunked");
            require(chunks && !old(request), "Of the transfer codings only chunked is known, once and in HTTP/1.1.");
            return OptionalLong.empty();
        }
        if (lengths == 0) {
            return OptionalLong.of(0);
        }
        String length = request.getFirstHeader("Content-Length").getValue();
        require(lengths == 1 && LENGTH.matcher(length).matches(), "Content-Length is not one number.");
        return OptionalLong.of(Long.parseLong(length));
    }

    private static void require(boolean holds, String detail) throws Refused {
        if (!holds) {
            throw new Refused(ErrorCode.BAD_REQUEST, detail);
        }
    }

    /** Tells whether a text is a token (RFC 9110, section 5.6.2). */
    private static boolean token(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
    }

    /** Tells whether another request may follow over the same connection. */
    boolean keepsConnection() {
        return !old(request) && !lists("Connection", "close");
    }

    /** Tells whether the other side sends content only when it is told to (RFC 9110, section 10.1.1). */
    boolean awaitsContinue() {
        return !old(request) && lists("Expect", "100-continue");
    }

    /** Tells whether the other side understands chunks. */
    boolean knowsChunks() {
        return !old(request);
    }

    private boolean lists(String field, String option) {
        for (Iterator<Header> fields = request.headerIterator(field); fields.hasNext(); ) {
            for (String listed :
                    fields.next().getValue().toLowerCase(Locale.ROOT).split(",", -1)) {
                if (listed.strip().equals(option)) {
                    return true;
                }
            }
        }
        return false;
    }

    Optional<String> first(String field) {
        return Optional.ofNullable(request.getFirstHeader(field)).map(Header::getValue);
    }

    void forEach(BiConsumer<String, String> visitor) {
        request.headerIterator().forEachRemaining(field -> visitor.accept(field.getName(), field.getValue()));
    }
}
