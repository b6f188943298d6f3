// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.process.worker.WorkerSettings;
import dev.mortise.process.worker.port.PortRange;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerSettingsReaderTest {
    private static final Path ETC = Path.of("../../runtime-config/etc");

    @TempDir
    Path home;

    private WorkerSettings read(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(given);
        all.put("mortise.home", home.toString());
        WorkersConfig config = (WorkersConfig) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WorkersConfig.class}, (proxy, method, arguments) -> {
                    Object value = all.get(method.getName().replace('_', '.'));
                    return value == null ? method.getDefaultValue() : value;
                });
        return new WorkerSettingsReader(config, all).read();
    }

    @Test
    void hasTheKeysAndDefaultsOfItsFile() throws IOException {
        Properties file = new Properties();
        try (var source = Files.newBufferedReader(ETC.resolve("workers.properties"))) {
            file.load(source);
        }
        Map<String, String> keys = Stream.of(WorkersConfig.class.getDeclaredMethods())
                .filter(method -> !method.getName().startsWith("mortise_"))
                .filter(method -> !Set.of("host", "port").contains(method.getName()))
                .collect(Collectors.toMap(
                        method -> method.getName().replace('_', '.'),
                        method -> String.valueOf(method.getDefaultValue())));

        file.remove("<plugin>.port");
        assertThat(new TreeSet<>(file.stringPropertyNames())).isEqualTo(new TreeSet<>(keys.keySet()));
        assertThat(file).isEqualTo(keys);
    }

    @Test
    void readsWhatIsSaidOfSinglePlugins() {
        WorkerSettings settings = read(Map.of(
                "email.port", "16000-16009",
                "email.env", "HTTPS_PROXY, NO_PROXY",
                "worker-token.env-secrets", "true"));

        assertThat(settings.plugins()).containsOnlyKeys("email", "worker-token");
        assertThat(settings.plugins().get("email").ports()).isEqualTo(new PortRange(16_000, 16_009));
        assertThat(settings.plugins().get("email").env()).containsExactlyInAnyOrder("HTTPS_PROXY", "NO_PROXY");
        assertThat(settings.plugins().get("email").envSecrets()).isFalse();
        assertThat(settings.plugins().get("worker-token").envSecrets()).isTrue();
        assertThat(settings.pace().idle()).isEqualTo(Duration.ofMinutes(5));
        assertThatThrownBy(() -> read(Map.of("email.port", "many")))
                .hasMessageContaining("workers.email.port is 'many'");
    }

    @Test
    void tellsWhereTheCoreIsNow() throws IOException {
        WorkerSettings settings = read(Map.of("host", "0.0.0.0", "port", 8080));
        assertThat(settings.launch().common().get()).containsEntry("MORTISE_CORE_URL", "http://127.0.0.1:8080");

        Files.createDirectories(home.resolve("data"));
        Files.writeString(home.resolve("data/http-port"), "4711\n");

        assertThat(settings.launch().common().get())
                .containsEntry("MORTISE_CORE_URL", "http://127.0.0.1:4711")
                .containsEntry("MORTISE_MODE", "production")
                .containsOnlyKeys("MORTISE_CORE_URL", "MORTISE_MODE", "LANG", "TZ");
    }
}
