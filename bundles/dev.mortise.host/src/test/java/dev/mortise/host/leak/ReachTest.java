// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.leak.leaks.Leaks;
import java.io.File;
import java.lang.ref.SoftReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReachTest {
    private static final String NOTHING = Leaks.Nothing.class.getName();

    private Leak leak;
    private Reach reach;
    private Class<?> type;

    @BeforeEach
    void open() throws Exception {
        leak = new Leak(Leaks.Nothing.class);
        reach = new Reach(leak.loader());
        type = leak.loader().loadClass(NOTHING);
    }

    @AfterEach
    void close() throws Exception {
        leak.close();
    }

    @Test
    void tellsTheWayThroughCollectionsAndTasks() throws Exception {
        Object object = type.getConstructor().newInstance();

        assertThat(reach.from(object)).contains(NOTHING);
        assertThat(reach.from(new Object[] {"a", object})).contains("java.lang.Object[][1] is " + NOTHING);
        assertThat(reach.from(List.of("a", object))).contains("java.util.ImmutableCollections$List12.e1 is " + NOTHING);
        assertThat(reach.from(new FutureTask<>(() -> List.of(object))).orElseThrow())
                .startsWith("java.util.concurrent.FutureTask.callable.arg$1 is ");
        assertThat(reach.from(Map.of("a", type)).orElseThrow()).endsWith(" is class " + NOTHING);
    }

    @Test
    void findsNothingBehindWhatHoldsNothing() throws Exception {
        assertThat(reach.from(new SoftReference<>(type.getConstructor().newInstance())))
                .isEmpty();
        assertThat(reach.from(Leaks.Nothing.class)).isEmpty();
    }

    @Test
    void endsWhereTheJdkIsClosedAndInCircles() {
        Object[] circle = new Object[1];
        circle[0] = circle;

        assertThat(reach.from(circle)).isEmpty();
        assertThat(reach.from(new File("java.io is not opened"))).isEmpty();
        assertThat(HiddenField.read(new File("java.io is not opened"), "path")).isEmpty();
    }
}
