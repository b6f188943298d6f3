// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StandardInputTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final ByteArrayOutputStream sink = new ByteArrayOutputStream();
    private boolean closed;
    private boolean broken;

    private final StandardInput input = new StandardInput(
            new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    if (broken) {
                        throw new IOException("Broken pipe");
                    }
                    sink.write(octet);
                }

                @Override
                public void close() {
                    closed = true;
                }
            },
            threads::add);

    @Test
    void writesLinesInTheirOrderOnOneThread() {
        CompletableFuture<Boolean> one = input.write("one");
        CompletableFuture<Boolean> two = input.write("two");
        assertThat(one).isNotDone();
        assertThat(threads).hasSize(1);

        threads.remove().run();

        assertThat(sink).hasToString("one\ntwo\n");
        assertThat(one).isCompletedWithValue(true);
        assertThat(two).isCompletedWithValue(true);
        assertThat(input.write("three")).isNotDone();
        assertThat(threads).hasSize(1);
    }

    @Test
    void letsOnlySoMuchWaitForAProcessThatDoesNotRead() {
        CompletableFuture<Boolean> first = input.write("x".repeat(5 << 20));
        assertThat(input.write("y".repeat(1 << 19))).isNotDone();
        CompletableFuture<Boolean> refused = input.write("z".repeat(1 << 19));

        assertThat(refused).isCompletedWithValue(false);
        threads.remove().run();
        assertThat(first).isCompletedWithValue(true);
        assertThat(input.write("z")).isNotDone();
    }

    @Test
    void leavesOutWhatWaitsAtItsEnd() {
        CompletableFuture<Boolean> first = input.write("first");
        CompletableFuture<Boolean> late = input.write("late");

        assertThat(input.end()).as("somebody writes").isFalse();
        assertThat(late).isCompletedWithValue(false);
        assertThat(closed).isFalse();
        threads.remove().run();

        assertThat(first).isCompletedWithValue(true);
        assertThat(sink).hasToString("first\n");
        assertThat(closed).isTrue();
        assertThat(input.write("later")).isCompletedWithValue(false);
        assertThat(input.end()).isTrue();
    }

    @Test
    void tellsThatItIsGone() {
        broken = true;
        CompletableFuture<Boolean> line = input.write("line");

        threads.remove().run();

        assertThat(line).isCompletedWithValue(false);
    }

    @Test
    void takesNoLineWhereThereIsNoThread() {
        StandardInput poor = new StandardInput(sink, task -> {
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThat(poor.write("line")).isCompletedWithValue(false);
        assertThat(poor.end()).isTrue();
    }
}
