// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.rules.route.PercentEncoder;
import java.io.IOException;
import java.util.Set;

/**
 * Sends the calls of one route to processes of its plugin, whichever they are.
 *
 * @param plugin whose route it is; the audience of what is signed
 * @param streaming whether answers may go on for as long as they like
 */
record RemoteCarrier(Neighbours neighbours, String plugin, boolean streaming) {
    // Answers of whoever stands before a process, or of one that can't work: another one may.
    private static final Set<Integer> MISSED = Set.of(502, 503, 504);
    private static final Set<String> BARE = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

    /** Tells whether an answer says that the process did not do what was asked. */
    static boolean missed(Response answer) {
        return MISSED.contains(answer.status());
    }

    /** Answers the content to send. A stream of unknown length would be sent in chunks, which nobody expects of a method
     * that hardly ever has content. */
    static Body content(HandlerRequest request) throws IOException {
        Body body = request.body();
        return BARE.contains(request.method()) && !body.buffered() ? Body.of(body.buffer()) : body;
    }

    /**
     * Sends a request, and answers what came back, as the caller may see it.
     *
     * @throws RemoteFault when there was no answer
     */
    Response carry(Peer peer, String hopKey, HandlerRequest request, Body content) throws RemoteFault {
        RemoteCalls remote = neighbours.remote();
        if (remote == null) {
            throw new RemoteFault(
                    RemoteFault.Kind.NEVER_SENT,
                    "The process feature is gone.",
                    new IllegalStateException("no RemoteCalls"));
        }
        Call call = (Call) request.context();
        Response answer = remote.send(
                peer,
                new RemoteCalls.Outgoing(
                        request.method(),
                        target(request),
                        ForwardedFields.sent(
                                request.headers(),
                                new ForwardedFields.Audience(plugin, hopKey),
                                call,
                                neighbours.hopTokens()),
                        content,
                        call.deadlineNanos(),
                        streaming));
        return new Response(answer.status(), AnsweredFields.of(answer.headers()), answer.body());
    }

    private static String target(HandlerRequest request) {
        String path = PercentEncoder.path(request.path());
        return request.rawQuery().map(query -> path + "?" + query).orElse(path);
    }
}
