// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnownTest {
    private static final UnaryOperator<Optional<Integer>> TWO = before -> Optional.of(2);

    private final Map<String, Integer> table = new ConcurrentHashMap<>(Map.of("a", 1));
    private final List<String> heard = new ArrayList<>();
    private final Known<String, Integer, Map<String, Integer>> known = new Known<>(
            "numbers",
            () -> Map.copyOf(table),
            rows -> rows,
            (key, before, now) -> heard.add(key + " " + before.orElse(0) + " " + now.orElse(0)));

    @BeforeEach
    void look() {
        known.look();
    }

    @Test
    void tellsNothingOfWhatIsWrittenHereAlsoWhereALookFindsItFirst() {
        boolean written = known.write("a", TWO, () -> {
            table.put("a", 2);
            known.look();
            return true;
        });

        assertThat(written).isTrue();
        assertThat(known.now()).isEqualTo(Map.of("a", 2));
        assertThat(heard).isEmpty();
    }

    @Test
    void tellsWhatCameBeforeAndAfterWhatIsWrittenHere() {
        known.write("a", TWO, () -> {
            table.put("b", 1);
            known.look();
            table.put("a", 3);
            return true;
        });

        assertThat(heard).containsExactly("b 0 1", "a 2 3");
    }

    @Test
    void tellsWhatWasKeptThoughNobodyKnewIt() {
        assertThatThrownBy(() -> known.write("a", TWO, () -> {
                    table.put("a", 2);
                    throw new IllegalStateException("The answer of the commit is lost.");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(heard).isEmpty();

        known.look();

        assertThat(heard).containsExactly("a 1 2");
    }

    @Test
    void isTheSameUntilSomethingChanges() {
        Map<String, Integer> before = known.now();

        known.written("a", row -> Optional.of(1));

        assertThat(known.now()).isSameAs(before);
    }
}
