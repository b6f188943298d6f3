// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers whose length nobody told, which are waited for as far as they are short. */
class CollectedAnswersTest {
    private static final String CHUNKED = "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String LAST = "0\r\n\r\n";
    private static final int AT_ONCE = 65_536;

    private final TestHops hops = new TestHops();

    @AfterEach
    void close() {
        hops.close();
    }

    @Test
    void holdNoConnectionWhenNobodyReadsThem() throws Exception {
        try (RawPeer raw = RawPeer.answering(CHUNKED + chunk("one") + chunk("two") + LAST);
                Peer peer = hops.peer(raw.port())) {
            for (int i = 0; i < 100; i++) {
                Response answer = hops.get(peer, "/");
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.body().buffered()).isTrue();
                assertThat(answer.body().length()).isEqualTo(OptionalLong.of(6));
            }

            assertThat(hops.get(peer, "/").body().text()).isEqualTo("onetwo");
            assertThat(raw.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE})
    void areWholeHoweverLongTheyTurnOutToBe(int size) throws Exception {
        String text = "0123456789".repeat(size / 10 + 1).substring(0, size);
        String half = chunk(text.substring(0, size / 2)) + chunk(text.substring(size / 2));
        try (RawPeer raw = RawPeer.answering(CHUNKED + half + LAST);
                Peer peer = hops.peer(raw.port())) {
            Response answer = hops.get(peer, "/");

            assertThat(answer.body().buffered()).isEqualTo(size <= AT_ONCE);
            assertThat(answer.body().text()).isEqualTo(text);
            assertThat(hops.get(peer, "/").body().text()).isEqualTo(text);
            // Whoever read a stream to its end may be back before its connection is.
            assertThat(raw.connections).hasValueLessThanOrEqualTo(size <= AT_ONCE ? 1 : 2);
        }
    }

    @Test
    void areNoneWhenTheyBreakOff() throws Exception {
        try (RawPeer raw = new RawPeer(talk -> {
                    talk.readHead();
                    talk.write(CHUNKED + chunk("one")).socket.shutdownOutput();
                    talk.readToEnd();
                });
                Peer peer = hops.peer(raw.port())) {
            RemoteFault fault = catchThrowableOfType(RemoteFault.class, () -> hops.get(peer, "/"));

            assertThat(fault.kind()).isEqualTo(RemoteFault.Kind.LOST);
        }
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
