// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.LinePrograms.Listener;
import dev.mortise.kernel.port.LinePrograms.Order;
import dev.mortise.kernel.port.LinePrograms.Program;
import dev.mortise.kernel.port.WorkerProcesses.Auth;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import dev.mortise.process.worker.WorkerSettings.OfPlugin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are spoken to in lines. */
final class ProgramsTest implements Listener {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LONGEST = 200_000;
    private static final Digest DIGEST = new Digest("ab".repeat(32));

    @TempDir
    Path home;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> gone = new CopyOnWriteArrayList<>();

    @Override
    public void line(String text) {
        if (text.equals("deep")) {
            lines.add(deep(3000));
        } else if (text.equals("wrong")) {
            throw new IllegalStateException("It is wrong.");
        } else {
            lines.add(text);
        }
    }

    /** Takes as much of a stack as a JSON text that is read while classes are loaded for it. */
    private static String deep(int levels) {
        return levels == 0 ? "deep" : String.join("", List.of(deep(levels - 1)));
    }

    @Override
    public void tooLong() {
        lines.add("too long");
    }

    @Override
    public void gone(String words) {
        gone.add(words);
    }

    private static Order order(Optional<TenantPart> secrets, String... command) {
        return new Order(
                House.manifest(new PluginId("shop"), House.tenants("sh")),
                DIGEST,
                List.of(command),
                "acme",
                secrets,
                LONGEST);
    }

    private void jar() throws Exception {
        Path store = Files.createDirectories(home.resolve("data/store"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(store.resolve(DIGEST.hex() + ".jar")))) {
            zip.putNextEntry(new ZipEntry("worker/say.sh"));
            zip.write("#!/bin/sh\necho \"$1 in $(pwd)\"\ncat\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path folder() {
        return home.resolve("data/work/" + DIGEST.hex() + ".mcp");
    }

    @Test
    void speaksInLinesInItsFolderWhichGoesWithIt() throws Exception {
        jar();
        try (House house = new House(home, new TestSettings())) {
            Program program = house.workers.programs().start(order(Optional.empty(), "./say.sh", "a; b"), this);

            await().atMost(SOON).until(() -> lines.size() == 1);
            assertThat(lines.get(0)).isEqualTo("a; b in " + folder().toRealPath());
            assertThat(program.tell("x".repeat(100_000))).isTrue();
            await().atMost(SOON).until(() -> lines.size() == 2);
            assertThat(lines.get(1)).as("longer than a line of the log").hasSize(100_000);

            program.close();
            await().atMost(SOON).until(() -> gone.size() == 1);
            assertThat(program.tell("y")).isFalse();
            assertThat(folder()).doesNotExist();
        }
    }

    @Test
    void whatIsSaidMayTakeMoreThanWritingALog() throws Exception {
        try (House house = new House(home, new TestSettings())) {
            var unused = house.workers.programs().start(order(Optional.empty(), "echo", "deep"), this);

            await().atMost(SOON).until(() -> gone.size() == 1);
            await().atMost(SOON).until(() -> lines.equals(List.of("deep")));
        }
    }

    @Test
    void aLineThatIsTooLongOrNotTakenInLeavesTheNextOnes() throws Exception {
        String say = "head -c 300000 /dev/zero | tr '\\0' x; echo; echo wrong; echo next";
        try (House house = new House(home, new TestSettings())) {
            var unused = house.workers.programs().start(order(Optional.empty(), "sh", "-c", say), this);

            await().atMost(SOON).until(() -> lines.size() == 2);
            assertThat(lines).containsExactly("too long", "next");
        }
    }

    @Test
    void endsWithTheContainer() throws Exception {
        House house = new House(home, new TestSettings());
        var unused = house.workers.programs().start(order(Optional.empty(), "cat"), this);

        house.close();

        await().atMost(SOON).until(() -> gone.size() == 1);
    }

    @Test
    void saysWhatItSaidLast() throws Exception {
        try (House house = new House(home, new TestSettings())) {
            var unused = house.workers
                    .programs()
                    .start(order(Optional.empty(), "sh", "-c", "echo it is broken >&2; exit 3"), this);

            await().atMost(SOON).until(() -> gone.size() == 1);
            assertThat(gone).containsExactly("it is broken");
        }
    }

    @Test
    void hasNothingOfTheHostAndSecretsOnlyWhereTheOperatorAgrees() throws Exception {
        Optional<TenantPart> part =
                Optional.of(new TenantPart(Map.of(), Optional.of(new Auth("key", Map.of("apiKey", "open-sesame")))));
        TestSettings settings = new TestSettings();
        try (House house = new House(home, settings)) {
            assertThatThrownBy(() -> house.workers.programs().start(order(part, "env"), this))
                    .isInstanceOf(MortiseException.class)
                    .hasMessageContaining("shop.env-secrets");
        }
        settings.plugins = Map.of("shop", new OfPlugin(Set.of(), true, null));
        try (House house = new House(home, settings)) {
            var unused = house.workers.programs().start(order(part, "env"), this);

            await().atMost(SOON).until(() -> gone.size() == 1);
            assertThat(String.join("\n", lines))
                    .contains("MORTISE_TENANT_ID=acme", "open-sesame")
                    .doesNotContain("USER=", "JAVA");
        }
    }
}
