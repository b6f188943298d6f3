// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.worker.given.Given.State;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StandardInputTest {
    private final Given given = new Given(State.NONE);
    private final PipedOutputStream container = new PipedOutputStream();
    private final List<Set<String>> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger ends = new AtomicInteger();
    private StandardInput input;

    @BeforeEach
    void begin() throws IOException {
        input = new StandardInput(
                new PipedInputStream(container),
                ClassPath.find(JsonFactory.class).lenient(),
                given);
        input.begin(changes::add, ends::incrementAndGet);
    }

    @Test
    void theFirstLineGivesEverything() throws IOException {
        say("{'credential':'c1','hopKey':'k1','database':{'url':'u','user':'r','password':'p'},"
                + "'tenants':{'acme':{'config':{'color':'red'},'auth':{'methodId':'key','credentials':{'a':'b'}}}}}");

        assertThat(input.awaitFirst()).isTrue();

        State state = given.now();
        assertThat(state.credential()).isEqualTo("c1");
        assertThat(state.hopKeys()).containsExactly("k1");
        assertThat(state.database().orElseThrow().user()).isEqualTo("r");
        assertThat(state.tenants().get("acme").config()).isEqualTo(Map.of("color", "red"));
        assertThat(state.tenants().get("acme").auth().orElseThrow().credentials())
                .isEqualTo(Map.of("a", "b"));
        assertThat(state.toString()).doesNotContain("c1", "k1", "red");
    }

    @Test
    void laterLinesReplaceWhatTheyName() throws IOException {
        say("{'credential':'c1','hopKey':'k1','tenants':{'acme':{'config':{'a':1}},'other':{'config':{'a':2}}}}");
        say("{'credential':'c2','hopKey':'k2','tenants':{'acme':{'config':{'b':3}},'other':null}}");

        await().until(() -> changes.size() == 1);

        assertThat(given.now().credential()).isEqualTo("c2");
        assertThat(given.now().hopKeys()).as("calls under way").containsExactly("k2", "k1");
        assertThat(given.tenants()).containsExactly("acme");
        assertThat(given.tenant("acme").orElseThrow().config()).isEqualTo(Map.of("b", 3));
    }

    @Test
    void aLineTellsWhoGaveCredentials() throws IOException {
        say("{'credential':'c1'}");
        say(
                "{'tenants':{'acme':{'auth':{'methodId':'key'},'connected':true},'other':{'connected':'yes'},'third':null}}");
        say("{'tenants':{'acme':{'auth':{'methodId':'key'}}}}");

        await().until(() -> changes.size() == 2);

        assertThat(changes).containsExactly(Set.of("acme"), Set.of());
    }

    @Test
    void aLineThatIsNoJsonChangesNothing() throws IOException {
        say("{'credential':'c1'}");
        say("{'credential':");
        say("{'hopKey':'k1'}");

        await().until(() -> changes.size() == 1);

        assertThat(given.now().credential()).isEqualTo("c1");
        assertThat(given.now().hopKeys()).containsExactly("k1");
    }

    @Test
    void theEndIsToldOnce() throws IOException {
        container.close();

        assertThat(input.awaitFirst()).isFalse();
        await().until(() -> ends.get() == 1);
    }

    private void say(String line) throws IOException {
        container.write((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
        container.flush();
    }
}
