// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.process.address.Names;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Jetty's server with a certificate for {@code worker.example}. */
class TlsTest {
    private static final Server SERVER = new Server();
    private static final AtomicReference<String> SEEN = new AtomicReference<>("");

    private static int port;
    private static SSLContext trusting;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=worker.example",
                        "-ext",
                        "san=dns:worker.example",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "secret",
                        "-alias",
                        "a",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(store.toString());
        tls.setKeyStorePassword("secret");
        ServerConnector connector = new ServerConnector(
                SERVER, new SslConnectionFactory(tls, "http/1.1"), new HttpConnectionFactory(new HttpConfiguration()));
        connector.setHost("127.0.0.1");
        SERVER.addConnector(connector);
        SERVER.setHandler(new Echo());
        SERVER.start();
        port = connector.getLocalPort();
        trusting = trusting(store);
    }

    private static SSLContext trusting(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @AfterAll
    static void stop() throws Exception {
        SERVER.stop();
    }

    private static final class Echo extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            SEEN.set(request.getHttpURI().getAuthority());
            Content.copy(request, response, callback);
            return true;
        }
    }

    private static Peer peer(TestHops hops, String host) {
        Names names = name -> List.of(InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1}));
        return hops.hops.peer(TestHops.place("https://" + host + ":" + port, names));
    }

    @Test
    void asksForTheNameAndGoesToTheAddress() throws Exception {
        try (TestHops hops = new TestHops(TestHops.SETTINGS, trusting);
                Peer peer = peer(hops, "worker.example")) {
            assertThat(hops.post(peer, Body.of("over TLS")).body().text()).isEqualTo("over TLS");
            assertThat(SEEN).hasValue("worker.example:" + port);
        }
    }

    @Test
    void sendsNothingToWhomItDoesNotTrust() {
        try (TestHops hops = new TestHops();
                Peer peer = peer(hops, "worker.example")) {
            RemoteFault fault = catchThrowableOfType(RemoteFault.class, () -> hops.post(peer, Body.of("secret")));

            assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.NEVER_SENT);
        }
    }

    @Test
    void sendsNothingToWhomTheCertificateDoesNotName() {
        try (TestHops hops = new TestHops(TestHops.SETTINGS, trusting);
                Peer peer = peer(hops, "other.example")) {
            RemoteFault fault = catchThrowableOfType(RemoteFault.class, () -> hops.post(peer, Body.of("secret")));

            assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.NEVER_SENT);
        }
    }

    @Test
    void touchesNoStreamBeforeTheHandshakeHasEnded() {
        AtomicReference<String> touched = new AtomicReference<>("");
        try (TestHops hops = new TestHops();
                Peer peer = peer(hops, "worker.example")) {
            RemoteFault fault = catchThrowableOfType(
                    RemoteFault.class, () -> hops.post(peer, Body.writing(sink -> touched.set("x"))));

            assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.NEVER_SENT);
            assertThat(touched).hasValue("");
        }
    }

    @Test
    void echoesAStream() throws Exception {
        try (TestHops hops = new TestHops(TestHops.SETTINGS, trusting);
                Peer peer = peer(hops, "worker.example")) {
            dev.mortise.api.http.Response answer = hops.post(peer, Body.writing(sink -> {
                for (int i = 0; i < 16; i++) {
                    sink.write(new byte[1 << 20]);
                }
            }));

            try (InputStream in = answer.body().stream()) {
                assertThat(in.transferTo(java.io.OutputStream.nullOutputStream()))
                        .isEqualTo(16L << 20);
            }
        }
    }
}
