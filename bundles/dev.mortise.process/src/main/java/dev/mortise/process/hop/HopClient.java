// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteFault;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.ContentDecoder;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyAuthenticationProtocolHandler;
import org.eclipse.jetty.client.RedirectProtocolHandler;
import org.eclipse.jetty.client.UpgradeProtocolHandler;
import org.eclipse.jetty.client.WWWAuthenticationProtocolHandler;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jetty's client, told to do nothing of its own accord: it sends what it is given and answers what comes. */
final class HopClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HopClient.class);
    private static final long FEEDER_IDLE_SECONDS = 10;

    private final HopSettings settings;
    private final HopTransport transport;
    private final HttpClient client;
    private final ExecutorService feeders;
    private final Demand demand;

    private HopClient(HopSettings settings, @Nullable SSLContext tls) {
        this.settings = settings;
        demand = new Demand(settings.connections(), settings.peer().connections());
        transport = new HopTransport(connector(tls), settings.connections());
        // What hears of answers hands them to their callers and never waits: they need no thread but the selector's.
        transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
        client = new HttpClient(transport);
        client.addBean(transport.listener());
        // No more than there are calls: each has a connection and at most one body.
        feeders = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, FEEDER_IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "mortise-hop-body", 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    private static ClientConnector connector(@Nullable SSLContext tls) {
        SslContextFactory.Client factory = new SslContextFactory.Client();
        if (tls != null) {
            factory.setSslContext(tls);
        }
        ClientConnector connector = new ClientConnector() {
            @Override
            protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
                return new Wire((SocketChannel) channel, selector, key, getScheduler());
            }
        };
        connector.setSelectors(1);
        connector.setSslContextFactory(factory);
        return connector;
    }

    /** Makes a client that runs. */
    static HopClient start(HopSettings settings, @Nullable SSLContext tls) {
        HopClient made = new HopClient(settings, tls);
        made.configure();
        made.client.getContentDecoderFactories().put(new NoDecoder());
        try {
            made.client.start();
        } catch (Exception e) {
            throw new IllegalStateException("The client for calls to other processes does not start.", e);
        }
        made.restrain();
        return made;
    }

    private void configure() {
        QueuedThreadPool threads = new QueuedThreadPool(settings.threads(), 1);
        threads.setName("mortise-hop");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setScheduler(new ScheduledExecutorScheduler("mortise-hop-timer", true));
        client.setSocketAddressResolver(judged());
        client.setConnectTimeout(settings.connectTimeout().toMillis());
        client.setIdleTimeout(settings.idle().toMillis());
        client.setDestinationIdleTimeout(settings.idle().toMillis());
        client.setMaxConnectionsPerDestination(settings.peer().connections());
        client.setMaxRequestsQueuedPerDestination(settings.peer().waiting());
        client.setMaxResponseHeadersSize(settings.answer().headerBytes());
        client.setHttpCompliance(HttpCompliance.STRICT);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setFollowRedirects(false);
    }

    /** Takes away what Jetty adds when it starts. */
    private void restrain() {
        client.getContentDecoderFactories().clear();
        List.of(
                        RedirectProtocolHandler.NAME,
                        WWWAuthenticationProtocolHandler.NAME,
                        ProxyAuthenticationProtocolHandler.NAME,
                        new UpgradeProtocolHandler().getName())
                .forEach(client.getProtocolHandlers()::remove);
    }

    /** Keeps Jetty from looking for decoders by way of a class that is in no bundle here. */
    private static final class NoDecoder extends ContentDecoder.Factory {
        NoDecoder() {
            super("none");
        }

        @Override
        public Content.Source newDecoderContentSource(Content.Source source) {
            return source;
        }
    }

    /** Answers the address that was judged; no name is looked up again. */
    private static SocketAddressResolver judged() {
        return (host, port, context, promise) -> {
            Destination destination = (Destination) Objects.requireNonNull(context.get(Destination.CONTEXT_KEY));
            promise.succeeded(List.of(((HopPeer) destination.getOrigin().getTag()).address()));
        };
    }

    Response send(HopPeer peer, Outgoing request) throws RemoteFault {
        return new HopCall(peer, request, settings, feeders, demand).send(client);
    }

    int openConnections() {
        return transport.open();
    }

    /** Closes the idle connections to a peer; used ones are closed when they have been idle for as long as configured. */
    void release(HopPeer peer) {
        client.getDestinations().stream()
                .filter(destination -> destination.getOrigin().getTag() == peer)
                .forEach(transport::closeIdle);
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            LOG.error("The client for calls to other processes did not stop in order", e);
        }
        feeders.shutdownNow();
    }
}
