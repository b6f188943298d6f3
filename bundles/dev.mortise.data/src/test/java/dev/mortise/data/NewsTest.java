// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NewsTest {
    private final Set<String> failing = new HashSet<>();
    private final List<String> heard = new ArrayList<>();
    private final News<String, Integer> news = new News<>("numbers", this::hear);

    private void hear(String key, Optional<Integer> before, Optional<Integer> now) {
        if (failing.contains(key)) {
            throw new IllegalStateException("It can't be heard now.");
        }
        heard.add(key + " " + before.orElse(0) + " " + now.orElse(0));
    }

    @Test
    void areNothingThatWasThereBefore() {
        assertThat(news.tell(Map.of())).isTrue();
        news.begin(Map.of("a", 1));

        assertThat(news.tell(Map.of("a", 1))).isTrue();
        assertThat(heard).isEmpty();
    }

    @Test
    void areToldOnce() {
        news.begin(Map.of("a", 1, "b", 1));

        assertThat(news.tell(Map.of("a", 2))).isTrue();
        assertThat(news.tell(Map.of("a", 2))).isTrue();

        assertThat(heard).containsExactlyInAnyOrder("a 1 2", "b 1 0");
    }

    @Test
    void areToldAgainUntilTheyAreHeardAndHoldUpNoOthers() {
        news.begin(Map.of());
        failing.add("b");

        assertThat(news.tell(Map.of("a", 1, "b", 1, "c", 1))).isFalse();
        assertThat(heard).containsExactlyInAnyOrder("a 0 1", "c 0 1");
        heard.clear();
        assertThat(news.tell(Map.of("a", 1, "b", 2, "c", 1))).isFalse();
        failing.clear();
        assertThat(news.tell(Map.of("a", 1, "b", 2, "c", 1))).isTrue();

        assertThat(heard).containsExactly("b 0 2");
    }

    @Test
    void leaveOutWhatWasDoneHereAlone() {
        news.begin(Map.of("a", 1, "b", 1));
        news.hold("a");
        news.hold("b");

        assertThat(news.tell(Map.of("a", 2, "b", 3))).isFalse();
        assertThat(heard).isEmpty();
        news.own("a", row -> Optional.of(2));
        news.own("b", row -> Optional.of(2));
        news.release("a");
        news.release("b");

        assertThat(news.tell(Map.of("a", 2, "b", 3))).isTrue();
        assertThat(heard).containsExactly("b 2 3");
    }

    @Test
    void waitForEverybodyWhoWrites() {
        news.begin(Map.of());
        news.hold("a");
        news.hold("a");
        news.release("a");

        assertThat(news.tell(Map.of("a", 1))).isFalse();
        news.release("a");
        assertThat(news.tell(Map.of("a", 1))).isTrue();
    }

    @Test
    void areToldOnceAlsoWhereTheListenerLooksAgain() {
        List<String> nested = new ArrayList<>();
        AtomicReference<News<String, Integer>> own = new AtomicReference<>(news);
        own.set(new News<>("numbers", (key, before, now) -> {
            nested.add(key);
            own.get().tell(Map.of("a", 1));
        }));
        own.get().begin(Map.of());

        assertThat(own.get().tell(Map.of("a", 1))).isTrue();

        assertThat(nested).containsExactly("a");
    }
}
