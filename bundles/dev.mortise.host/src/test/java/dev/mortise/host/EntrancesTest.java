// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.Entrance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntrancesTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void closesEveryEntranceThatIsStillThere() {
        Entrances entrances = new Entrances();
        Entrance gone = () -> closed.add("gone");
        entrances.bindEntrance(() -> closed.add("http"));
        entrances.bindEntrance(() -> closed.add("shell"));
        entrances.bindEntrance(gone);
        entrances.unbindEntrance(gone);

        entrances.close();

        assertThat(closed).containsExactlyInAnyOrder("http", "shell");
    }
}
