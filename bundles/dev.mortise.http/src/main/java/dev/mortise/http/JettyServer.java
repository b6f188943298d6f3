// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.net.BindException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty on one port, HTTP/1.1 and HTTP/2 with prior knowledge, without servlets. */
final class JettyServer {
    private static final Logger LOG = LoggerFactory.getLogger(JettyServer.class);
    /** What the listener says itself in an answer: status, date, length, coding, connection. */
    static final int OWN_FIELDS_BYTES = 2048;

    /** Keeps the end of a silent stream away from deadlines that equal the idle timeout, see ClockedEndPoint. */
    private static final Duration STREAM_GRACE = Duration.ofSeconds(5);

    private volatile HttpSettings settings;
    private final Server server;
    private final HttpConfiguration configuration;
    private final PriorKnowledgeConnectionFactory http2;
    private final ClockedConnector connector;
    private final GatewayHandler handler;

    JettyServer(HttpSettings settings, GatewaySlot gateway) {
        FieldEncoders.load();
        this.settings = settings;
        HttpSettings.Limits limits = settings.limits();
        server = new Server(RequestThreads.make(limits.threads()));
        RefusedRequests refused = new RefusedRequests(gateway);
        configuration = configuration(settings);
        http2 = new PriorKnowledgeConnectionFactory(configuration);
        http2.setFlowControlStrategyFactory(CountingFlowControl::new);
        useOfStreams(limits);
        connector = connector(limits, refused);
        handler = new GatewayHandler(gateway, settings);
        server.addConnector(connector);
        server.setHandler(handler);
        server.setErrorHandler(new ProblemErrorHandler(refused, configuration::getRequestHeaderSize));
        server.setStopTimeout(limits.stopTimeout().toMillis());
    }

    private ClockedConnector connector(HttpSettings.Limits limits, RefusedRequests refused) {
        ClockedConnector made =
                new ClockedConnector(server, limits, refused, new HttpConnectionFactory(configuration), http2);
        made.setHost(settings.host());
        made.setPort(settings.port());
        made.setAcceptQueueSize(settings.acceptQueue());
        return made;
    }

    /** Jetty gives it to the streams of the connections that come from now on. */
    private void useOfStreams(HttpSettings.Limits limits) {
        http2.setStreamIdleTimeout(limits.idleTimeout().plus(STREAM_GRACE).toMillis());
    }

    private static HttpConfiguration configuration(HttpSettings settings) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendXPoweredBy(false);
        configuration.setRequestHeaderSize(settings.limits().headerBytes());
        configuration.setMaxResponseHeaderSize(settings.answerHeaderBytes() + OWN_FIELDS_BYTES);
        // It would be a table of 100 KB for each connection: more than all else of one, and what saves a few strings
        // only fills the old generation where connections come and go.
        configuration.setHeaderCacheSize(0);
        // RFC 9110 and 9112 without any leniency: whatever two parsers could read differently is refused.
        configuration.setHttpCompliance(HttpCompliance.STRICT);
        configuration.setUriCompliance(UriCompliance.RFC3986);
        return configuration;
    }

    /** Takes other limits. The port, what is open and what is under way stay as they are. */
    void use(HttpSettings next) {
        settings = next;
        configuration.setRequestHeaderSize(next.limits().headerBytes());
        configuration.setMaxResponseHeaderSize(next.answerHeaderBytes() + OWN_FIELDS_BYTES);
        useOfStreams(next.limits());
        connector.use(next.limits());
        server.setStopTimeout(next.limits().stopTimeout().toMillis());
        handler.use(next);
    }

    int acceptQueue() {
        return connector.getAcceptQueueSize();
    }

    long streamIdleMillis() {
        return http2.getStreamIdleTimeout();
    }

    /** Opens the port; returns when it accepts. */
    void start() throws PortRefused {
        try {
            server.start();
        } catch (Exception e) {
            stop();
            throw new PortRefused(refusal(e), e);
        }
    }

    private String refusal(Exception e) {
        boolean taken = e.getCause() instanceof BindException bind
                && String.valueOf(bind.getMessage()).contains("in use");
        return taken
                ? "Port " + settings.port() + " is already in use by another process. Set MORTISE_HTTP_PORT."
                : "Address " + settings.host() + ":" + settings.port() + " can't be listened on: " + e.getMessage()
                        + ". Set MORTISE_HTTP_HOST and MORTISE_HTTP_PORT.";
    }

    /** Answers the port in use, also when a free one was asked for. */
    int port() {
        return connector.getLocalPort();
    }

    /** Answers where clients reach the listener. */
    String address() {
        String host = settings.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** Accepts no more connections, lets requests end until their timeout has passed, then ends whatever is left. */
    void stop() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn(
                    "Requests were still running {} s after the HTTP listener began to stop; they are cut off",
                    settings.limits().stopTimeout().toSeconds());
        } catch (Exception e) {
            LOG.error("The HTTP listener did not stop in order", e);
        }
    }
}
