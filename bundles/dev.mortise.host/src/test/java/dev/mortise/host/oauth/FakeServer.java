// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.oauth;

import dev.mortise.kernel.port.AuthorizationServers;
import dev.mortise.kernel.port.RemoteFault;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An authorization server that says what a test wants, and notes what it was sent. */
final class FakeServer implements AuthorizationServers {
    final List<Map<String, String>> sent = new CopyOnWriteArrayList<>();
    volatile CountDownLatch open = new CountDownLatch(0);
    /** Before it no token is taken back. */
    volatile CountDownLatch revoking = new CountDownLatch(0);

    private volatile Answer answer = new Answer(500, "");
    private volatile boolean away;

    FakeServer answering(int status, String body) {
        answer = new Answer(status, body);
        away = false;
        return this;
    }

    FakeServer granting(int number, int seconds) {
        return answering(
                200,
                "{\"access_token\":\"access-%1$d\",\"refresh_token\":\"refresh-%1$d\",\"expires_in\":%2$d}"
                        .formatted(number, seconds));
    }

    FakeServer away() {
        away = true;
        return this;
    }

    /** Answers what it was sent last. */
    Map<String, String> last() {
        return sent.get(sent.size() - 1);
    }

    @Override
    public Answer post(Form form) throws RemoteFault {
        Map<String, String> parameters = new HashMap<>(form.fields());
        parameters.put("url", form.url());
        for (String parameter : form.text().split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        sent.add(parameters);
        try {
            (form.url().endsWith("/r") ? revoking : open).await();
        } catch (InterruptedException e) {
            throw new RemoteFault(RemoteFault.Kind.LOST, "interrupted", e);
        }
        if (away) {
            throw new RemoteFault(RemoteFault.Kind.LATE, form.url() + " is late.", new IOException());
        }
        return answer;
    }
}
