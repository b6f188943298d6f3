// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are hostile, in processes that run as users of their own: what they try is refused by the system. */
@EnabledIf(
        value = "isRoot",
        disabledReason = "Only root, or whoever has its capabilities, starts processes as other users.")
final class UsersIT {
    /** The script is JavaScript, the class runs in a JVM of Mortise's. */
    private static final List<String> PLUGINS = List.of("script", "class");

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    private Thieves thieves;

    static boolean isRoot() throws Exception {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    @BeforeEach
    void start() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Path home = folder.resolve("home");
        Files.writeString(
                Files.createDirectories(home.resolve("etc")).resolve("workers.properties"),
                "uids = 64710-64729\nhealth.seconds = 1\nhealth.timeout.ms = 500\n");
        begin(home);
        container.admin().post("/api/v1/tenants", "{\"slug\":\"acme\"}");
        container.drop(Thieves.script(folder), "script.jar");
        container.drop(Thieves.ofClass(folder), "class.jar");
        assertThat(health()).startsWith("UP ");
        PLUGINS.forEach(plugin -> container.awaitState(plugin, "READY"));
    }

    private void begin(Path home) throws Exception {
        container = Container.start(Thieves.PRODUCT, home).awaitReady();
        thieves = new Thieves(container);
    }

    private static int user(long pid) throws Exception {
        return (Integer) Files.getAttribute(Path.of("/proc/" + pid), "unix:uid");
    }

    private List<Integer> users() throws Exception {
        List<Integer> users = new ArrayList<>();
        for (String plugin : PLUGINS) {
            for (String tenant : List.of("default", "acme")) {
                users.add(user(thieves.pid(plugin, tenant)));
            }
        }
        return users;
    }

    private String health() {
        JsonNode checks = container.admin().get("/health").json().path("checks");
        return checks.findParents("name").stream()
                .filter(check -> check.path("name").asText().equals("processes"))
                .map(check -> check.path("status").asText() + " "
                        + check.path("message").asText())
                .findFirst()
                .orElse("");
    }

    @Test
    void eachIsSomebodyElse() throws Exception {
        assertThat(users()).doesNotHaveDuplicates().allMatch(user -> user >= 64_710 && user <= 64_729);
        assertThat(health())
                .isEqualTo("UP Processes of plugins run as users 64710-64729, each one as its own; 4 are given.");
    }

    @Test
    void readNothingOfTheContainersAndNothingOfOneAnother() throws Exception {
        users();
        Files.writeString(container.home().resolve("etc/db.properties"), "# a password would stand here\n");
        for (String plugin : PLUGINS) {
            List<String> tries = Stream.of(
                            ofFiles(container.home()),
                            ofProcess(container.process().pid()),
                            ofOther(thieves.of("script", "acme")),
                            ofOther(thieves.of("class", "acme")))
                    .flatMap(List::stream)
                    .toList();

            List<String> got = thieves.tries(plugin, "default", tries);

            for (int i = 0; i < tries.size(); i++) {
                assertThat(got.get(i)).as(plugin + ": " + tries.get(i)).isIn("EACCES", "EPERM");
            }
            JsonNode self = thieves.of(plugin, "default");
            String home = self.path("home").asText();
            assertThat(thieves.tries(
                            plugin, "default", List.of("list " + home, "read /proc/" + self.path("pid") + "/environ")))
                    .as("what is allowed")
                    .containsOnly("ok");
        }
    }

    private static List<String> ofFiles(Path home) throws Exception {
        List<String> tries = new ArrayList<>();
        for (String one :
                List.of("data", "etc", "plugins", "log", "run", "data/postgres", "data/store", "data/cache")) {
            assertThat(home.resolve(one)).exists();
            tries.add("list " + home.resolve(one));
        }
        for (String one : List.of(
                "data/admin-token",
                "data/secrets-key",
                "data/postgres-passwords",
                "data/postgres/PG_VERSION",
                "etc/db.properties",
                "plugins/class.jar")) {
            assertThat(home.resolve(one)).exists();
            tries.add("read " + home.resolve(one));
            tries.add("write " + home.resolve(one));
        }
        try (Stream<Path> jars = Files.list(home.resolve("data/store"))) {
            jars.forEach(jar -> tries.add("read " + jar));
        }
        tries.add("write " + home.resolve("run/mortise-guard"));
        return tries;
    }

    private static List<String> ofProcess(long pid) {
        List<String> tries = new ArrayList<>();
        for (String one : List.of("environ", "mem", "maps")) {
            tries.add("read /proc/" + pid + "/" + one);
        }
        tries.add("write /proc/" + pid + "/mem");
        for (String one : List.of("fd", "cwd/", "root/")) {
            tries.add("list /proc/" + pid + "/" + one);
        }
        tries.add("stop " + pid);
        tries.add("end " + pid);
        return tries;
    }

    private static List<String> ofOther(JsonNode other) {
        long pid = other.path("pid").asLong();
        Path home = Path.of(other.path("home").asText());
        List<String> tries = new ArrayList<>(ofProcess(pid));
        tries.addAll(ofProcess(ProcessHandle.of(pid)
                .flatMap(ProcessHandle::parent)
                .orElseThrow()
                .pid()));
        for (Path one : List.of(home, home.resolveSibling("tmp"), home.getParent())) {
            tries.add("list " + one);
        }
        tries.add("read " + home.resolveSibling("stdin"));
        tries.add("write " + home.resolveSibling("stdin"));
        return tries;
    }

    @Test
    void theirFilesAreThereForReadingAlone() throws Exception {
        for (String plugin : PLUGINS) {
            Path home = Path.of(thieves.of(plugin, "default").path("home").asText());
            List<Path> given;
            try (Stream<Path> all = Files.walk(home.resolveSibling("work"))) {
                given = all.filter(Files::isRegularFile).toList();
            }

            assertThat(given).isNotEmpty();
            assertThat(thieves.tries(
                            plugin,
                            "default",
                            given.stream().map(one -> "read " + one).toList()))
                    .containsOnly("ok");
            assertThat(thieves.tries(
                            plugin,
                            "default",
                            given.stream().map(one -> "write " + one).toList()))
                    .containsOnly("EACCES");
        }
    }

    @Test
    void areGoneWithTheContainerAndTheirUsersComeBack() throws Exception {
        List<Integer> users = users();
        List<Long> pids = new ArrayList<>();
        for (String plugin : PLUGINS) {
            pids.add(thieves.pid(plugin, "default"));
        }

        container.kill();
        Wait.until("the end of the processes", () -> pids.stream()
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()));
        Wait.until("their folders are gone", () -> folders().isEmpty());

        begin(container.home());
        PLUGINS.forEach(plugin -> container.awaitState(plugin, "READY"));
        assertThat(users()).isEqualTo(users);
    }

    private List<String> folders() {
        return Stream.of(container.home().resolve("run").toFile().list())
                .filter(name -> !name.startsWith("mortise-"))
                .toList();
    }

    @Test
    void areReplacedWhenTheyHangAndStoppedByOrder() throws Exception {
        long hung = thieves.pid("script", "default");
        int user = user(hung);
        thieves.hang();

        Wait.until(
                "another process",
                () -> container
                                .client()
                                .post("/api/v1/p/script/try", "\"list /\"")
                                .status()
                        == 200);
        JsonNode replaced = thieves.of("script", "default");
        long next = replaced.path("pid").asLong();
        assertThat(next).isNotEqualTo(hung);
        assertThat(user(next)).isEqualTo(user);

        Answer stopped = container.admin().post("/api/v1/workers/script/stop", "");
        assertThat(stopped.status()).as(stopped.body()).isEqualTo(200);
        assertThat(ProcessHandle.of(next)).isEmpty();
        assertThat(Path.of(replaced.path("home").asText()).getParent()).doesNotExist();
    }
}
