// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.bare;

import java.io.IOException;
import java.net.URI;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;

/** Jetty's client with its pool of connections. */
record JettyUpstream(HttpClient client) implements Upstream {
    /** Its pool has room for more connections than the load has. */
    static JettyUpstream start() throws Exception {
        HttpClient client = new HttpClient();
        client.setUserAgentField(null);
        client.start();
        return new JettyUpstream(client);
    }

    @Override
    public byte[] get(URI address) throws Exception {
        ContentResponse answer = client.GET(address);
        if (answer.getStatus() != 200) {
            throw new IOException("Status " + answer.getStatus());
        }
        return answer.getContent();
    }
}
