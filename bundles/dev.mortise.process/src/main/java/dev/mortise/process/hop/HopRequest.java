// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/** A request whose target crosses as it is: Jetty's own would take it apart and put it together again. */
final class HopRequest extends HttpRequest {
    private static final Pattern TARGET = Pattern.compile(
            "(/(?!/)(?:[\\x21-\\x7e&&[^%?#\"<>\\\\^`{|}]]|%[0-9a-fA-F]{2})*)(?:\\?([\\x21-\\x7e&&[^#]]*))?");
    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final String path;
    private final @Nullable String query;

    private HopRequest(HttpClient client, URI base, String path, @Nullable String query) {
        super(client, new HttpConversation(), base);
        this.path = path;
        this.query = query;
    }

    /**
     * Makes a request.
     *
     * @param target path and query, to be put after the path of the peer
     * @throws IllegalArgumentException when target or method are none of HTTP
     */
    static HopRequest of(HttpClient client, HopPeer peer, String method, String target) {
        Matcher parts = TARGET.matcher(target);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + Faults.plain(target) + "' is no path and query of a request, percent-encoded.");
        }
        if (!METHOD.matcher(method).matches() || method.equals("CONNECT")) {
            throw new IllegalArgumentException("'" + Faults.plain(method) + "' is no method of a call.");
        }
        HopRequest made =
                new HopRequest(client, peer.uri(), peer.place().url().path() + parts.group(1), parts.group(2));
        made.method(method);
        made.tag(peer);
        return made;
    }

    /** Ends a call. What its listeners hear of it is all there is to know. */
    @SuppressWarnings("FutureReturnValueIgnored")
    static void end(Request request, Throwable cause) {
        request.abort(cause);
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public @Nullable String getQuery() {
        return query;
    }
}
