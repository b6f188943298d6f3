// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

import dev.mortise.launcher.program.Distribution;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Home and container of the demonstration; closed once, by whoever comes first: the end or a signal. */
final class DemoStage implements AutoCloseable {
    private final Distribution distribution;
    private @Nullable DemoHome home;
    private @Nullable DemoContainer container;
    private boolean closed;

    DemoStage(Distribution distribution) {
        this.distribution = distribution;
    }

    synchronized DemoStory open(Consumer<String> progress) throws IOException {
        if (closed) {
            throw new DemoFailure("It was stopped.");
        }
        DemoHome newHome = DemoHome.create();
        home = newHome;
        DemoContainer newContainer = DemoContainer.start(distribution, newHome);
        container = newContainer;
        return new DemoStory(distribution, newHome, newContainer, line -> ifOpen(() -> progress.accept(line)));
    }

    /** Return the end of what the container printed. */
    synchronized List<String> lastWords() {
        return container == null ? List.of() : container.lastWords();
    }

    /** Do something unless the curtain has fallen. */
    synchronized void ifOpen(Runnable action) {
        if (!closed) {
            action.run();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (container != null) {
            stop(container);
        }
        if (home != null) {
            home.close();
        }
    }

    private static void stop(DemoContainer container) {
        try {
            container.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
