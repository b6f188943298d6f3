// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** What the head of an answer says of its content. */
final class HopAnswer {
    private HopAnswer() {}

    /** Answers why an answer can't be handed on, or null. */
    static @Nullable String fault(Response answer) {
        int status = answer.getStatus();
        if (status < 200 || status > 599) {
            return "its status " + status + " is no answer";
        }
        HttpFields fields = answer.getHeaders();
        String coding = fields.get(HttpHeader.TRANSFER_ENCODING);
        if (coding != null && (!coding.equalsIgnoreCase("chunked") || fields.contains(HttpHeader.CONTENT_LENGTH))) {
            return "the framing of its content has more than one reading";
        }
        return null;
    }

    /** Tells whether no content follows, whatever the fields say (RFC 9112, section 6.3). */
    static boolean bodyless(Request request, Response answer) {
        return request.getMethod().equals("HEAD") || answer.getStatus() == 204 || answer.getStatus() == 304;
    }

    /** Answers the length that the fields tell, or -1. */
    static long length(HttpFields fields) {
        return fields.getLongField(HttpHeader.CONTENT_LENGTH);
    }
}
