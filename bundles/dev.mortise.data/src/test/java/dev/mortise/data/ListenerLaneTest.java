// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ListenerLaneTest {
    private final List<String> heard = new ArrayList<>();

    @Test
    void goesOnAfterThereWasNoThreadForIt() {
        AtomicBoolean full = new AtomicBoolean(true);
        Executor threads = task -> {
            if (full.getAndSet(false)) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        };
        try (ListenerLane lane = new ListenerLane("crm", threads)) {
            assertThatThrownBy(() -> lane.run(() -> heard.add("first"))).isInstanceOf(OutOfMemoryError.class);

            lane.run(() -> heard.add("second"));
        }

        assertThat(heard).containsExactly("first", "second");
    }
}
