// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class CompletionTest {
    private final List<String> events = new ArrayList<>();
    private final Completion completion = new Completion(
            Callback.from(() -> events.add("succeeded"), failure -> events.add(failure.getMessage())),
            () -> events.add("end"));

    @Test
    void waitsForTheHandlerAfterTheAnswer() {
        completion.succeeded();
        assertThat(events).isEmpty();

        completion.handlerReturned();
        assertThat(events).containsExactly("end", "succeeded");
    }

    @Test
    void waitsForTheAnswerAfterTheHandler() {
        completion.handlerReturned();
        assertThat(events).isEmpty();
        assertThat(completion.hasHandlerReturned()).isTrue();

        completion.failed(new IllegalStateException("broken"));
        assertThat(events).containsExactly("end", "broken");
    }

    @Test
    void endsOnce() {
        completion.succeeded();
        completion.handlerReturned();
        completion.failed(new IllegalStateException("late"));

        assertThat(events).containsExactly("end", "succeeded");
    }

    @Test
    void letsOneAnswerThroughWhateverElseHappens() {
        assertThat(completion.answers()).isTrue();
        assertThat(completion.answers()).isFalse();

        completion.handlerReturned();
        assertThat(completion.answers()).isFalse();
        assertThat(events).isEmpty();

        completion.succeeded();
        assertThat(events).containsExactly("end", "succeeded");
    }
}
