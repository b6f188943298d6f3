// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.form;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.SafeUrl;
import dev.mortise.kernel.port.AuthorizationServers;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteFault.Kind;
import dev.mortise.process.address.AddressJudge;
import dev.mortise.process.address.Place;
import dev.mortise.process.address.Verdict;
import dev.mortise.process.hop.Hops;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends forms with the client for calls to other processes: its bounds hold, and it follows no redirect. */
public final class FormPosts implements AuthorizationServers {
    private final AddressJudge judge;
    private final Hops hops;

    /**
     * Sends to where the judge allows.
     *
     * @param hops closed by the caller
     */
    public FormPosts(AddressJudge judge, Hops hops) {
        this.judge = judge;
        this.hops = hops;
    }

    @Override
    public Answer post(Form form) throws RemoteFault {
        Optional<String> wrong = SafeUrl.objection(form.url());
        if (wrong.isPresent()) {
            throw never("Nothing was sent: '" + form.url() + "' " + wrong.get() + ".");
        }
        URI url = URI.create(form.url());
        try (Peer peer = peer(url)) {
            Response response = hops.send(peer, outgoing(url, form));
            return new Answer(response.status(), text(peer, response.body(), form.maxBytes()));
        }
    }

    private Peer peer(URI url) throws RemoteFault {
        Verdict verdict = judge.judge(url.getScheme() + "://" + url.getRawAuthority());
        if (verdict instanceof Verdict.Refused refused) {
            throw never(refused.reason());
        }
        Place place = ((Verdict.Good) verdict).place();
        // what a name stands for is known only here
        if (!place.url().secure() && !place.address().isLoopbackAddress()) {
            throw never(
                    "Nothing was sent: plain http goes to this machine alone, and " + url.getHost() + " is another.");
        }
        return hops.peer(place);
    }

    private static Outgoing outgoing(URI url, Form form) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        Map<String, List<String>> fields = new HashMap<>();
        form.fields().forEach((name, value) -> fields.put(name, List.of(value)));
        fields.put("Content-Type", List.of("application/x-www-form-urlencoded"));
        fields.put("Accept", List.of("application/json"));
        return new Outgoing(
                "POST",
                path + query,
                Headers.of(fields),
                Body.of(form.text()),
                System.nanoTime() + form.deadline().toNanos(),
                false);
    }

    private static String text(Peer peer, Body body, int maxBytes) throws RemoteFault {
        try (InputStream stream = body.stream()) {
            byte[] bytes = stream.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                String sentence = "The answer of " + peer.baseUrl() + " has more than " + maxBytes + " bytes.";
                throw new RemoteFault(Kind.LOST, sentence, new IOException("too large"));
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException | MortiseException e) {
            throw new RemoteFault(Kind.LATE, "The answer of " + peer.baseUrl() + " did not come to its end.", e);
        }
    }

    private static RemoteFault never(String sentence) {
        return new RemoteFault(Kind.NEVER_SENT, sentence, new IllegalArgumentException("refused"));
    }
}
