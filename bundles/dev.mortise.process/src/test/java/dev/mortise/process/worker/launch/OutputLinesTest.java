// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OutputLinesTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.mortise.worker.output.shop");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing(); // reads the tags while they are there
            super.append(event);
        }
    };
    private final AtomicLong nanos = new AtomicLong();
    private final OutputLines lines =
            new OutputLines(new Launch.OutputLabel("shop", Optional.of("acme"), 0), 3, nanos::get);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.TRACE);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private void take(String line) {
        lines.take(line, org.slf4j.event.Level.INFO);
    }

    @Test
    void takesTheLevelFromTheLine() {
        take("ERROR: it broke");
        take("WARNING it creaks");
        take("INFORMATION is no level");

        assertThat(log.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Level.ERROR, "it broke"),
                        org.assertj.core.groups.Tuple.tuple(Level.WARN, "it creaks"),
                        org.assertj.core.groups.Tuple.tuple(Level.INFO, "INFORMATION is no level"));
        assertThat(log.list.get(0).getMDCPropertyMap()).isEqualTo(Map.of("plugin", "shop", "tenant", "acme"));
    }

    @Test
    void leavesNothingToTerminals() {
        take("a\u001b[31mb\rc {}");

        assertThat(log.list.get(0).getFormattedMessage()).isEqualTo("a\uFFFD[31mb\uFFFDc {}");
    }

    @Test
    void leavesOutWhatIsTooMuchAndTellsHowMuch() {
        for (int i = 0; i < 10; i++) {
            take("line " + i);
        }
        assertThat(log.list).hasSize(3);

        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        take("later");

        assertThat(log.list).hasSize(5);
        assertThat(log.list.get(3).getFormattedMessage()).startsWith("7 lines were left out");
        assertThat(lines.last()).isEqualTo("later");
    }

    @Test
    void cutsLinesThatAreTooLong() throws IOException {
        LineReader reader =
                new LineReader(new ByteArrayInputStream("ab\r\nabcdef\n\nend".getBytes(StandardCharsets.UTF_8)), 4);

        assertThat(reader.next()).isEqualTo("ab");
        assertThat(reader.next()).isEqualTo("abcd … (cut)");
        assertThat(reader.next()).isEmpty();
        assertThat(reader.next()).isEqualTo("end");
        assertThat(reader.next()).isNull();
    }
}
