// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventReaderTest {
    private final AtomicInteger exceeded = new AtomicInteger();

    private EventReader reader(String text, int most) {
        return new EventReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                new AnswerLimit(most, exceeded::incrementAndGet));
    }

    @Test
    void readsTheDataOfEachEvent() throws IOException {
        EventReader events =
                reader(":\n\nid: 1\r\ndata: a\r\ndata:b\r\n\r\nevent: x\n\ndata: \u00e9\n\ndata: half", 100);

        assertThat(events.next()).contains("a\nb");
        assertThat(events.next()).contains("\u00e9");
        assertThat(events.next()).isEmpty();
    }

    @Test
    void refusesMoreThanThereMayBe() {
        assertThatThrownBy(() -> reader("data: " + "x".repeat(200), 100).next()).isInstanceOf(ServerFault.class);
        assertThat(exceeded).hasValue(1);
    }
}
