// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.worker.FakeCore;
import dev.mortise.worker.FakeCore.Reply;
import dev.mortise.worker.given.ClassPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch far from the container is asked for again and again, each time from what was heard last. */
final class RemoteWatchTest {
    private static final String BEGIN = "retry: 1000\nid: 5-9\n\n";
    private static final String EVENT = "id: 6-9\nevent: set\ndata: {'key':'a','version':1,'kind':'set'}\n\n";

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private FakeCore core;

    @BeforeEach
    void start() throws IOException {
        core = new FakeCore(0);
    }

    @AfterEach
    void end() {
        core.close();
    }

    @Test
    void goesOnWhereItBeganWhenItHeardNothing() {
        assertThat(comesAgainWith(BEGIN, this::hear)).contains("5-9");
        assertThat(heard).isEmpty();
    }

    @Test
    void goesOnBehindTheLastEventThatCameWhole() {
        assertThat(comesAgainWith(BEGIN + EVENT + "id: 7-10\nevent: set\n", this::hear))
                .contains("6-9");
        assertThat(heard).startsWith("a 6-9");
    }

    @Test
    void hearsOnceMoreOfWhatItCouldNotTell() {
        assertThat(comesAgainWith(BEGIN + EVENT, change -> {
                    hear(change);
                    throw new NoClassDefFoundError("on purpose");
                }))
                .contains("5-9");
        await().until(() -> heard.size() > 1);
    }

    private Optional<String> comesAgainWith(String stream, Consumer<Change> listener) {
        core.answering(request -> new Reply(200, stream));
        RemoteSharedData store = new RemoteSharedData(
                "desk", core.client(), ClassPath.find(JsonFactory.class).lenient());
        Space space = new Space(new TenantId("acme"), "desk.notes");
        try (var watch = store.watch(space, Optional.empty(), Optional.of("desk"), Optional.empty(), listener)) {
            await().until(() -> core.asked().size() > 1);
            assertThat(watch.open()).isTrue();
        }
        assertThat(core.asked().get(0).field("Last-Event-ID")).isEmpty();
        return core.asked().get(1).field("Last-Event-ID");
    }

    private void hear(Change change) {
        heard.add(change.key() + " " + change.mark().text());
    }
}
