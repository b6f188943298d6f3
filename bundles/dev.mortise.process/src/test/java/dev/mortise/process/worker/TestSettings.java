// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.process.worker.WorkerSettings.Java;
import dev.mortise.process.worker.WorkerSettings.OfPlugin;
import dev.mortise.process.worker.WorkerSettings.Pace;
import dev.mortise.process.worker.WorkerSettings.Restarts;
import dev.mortise.process.worker.launch.LaunchSettings;
import dev.mortise.process.worker.launch.LaunchSettings.OutputLimits;
import dev.mortise.process.worker.port.PortRange;
import dev.mortise.process.worker.user.UserChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Settings with times that a test can wait for. */
final class TestSettings {
    static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    PortRange ports = new PortRange(16_100, 16_399);
    int max = 10;
    int parallel = 8;
    int waiting = 24;
    Duration auth = Duration.ofSeconds(10);
    Duration ready = Duration.ofSeconds(30);
    Duration wait = Duration.ofSeconds(30);
    Duration health = Duration.ofSeconds(60);
    Duration idle = Duration.ZERO;
    Duration drain = Duration.ofSeconds(20);
    Duration disable = Duration.ofSeconds(5);
    Duration terminate = Duration.ofSeconds(5);
    Restarts restarts = new Restarts(Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofSeconds(600), 10);
    String path = PATH;
    UserChoice users = new UserChoice.Own();
    Map<String, OfPlugin> plugins = Map.of();

    WorkerSettings in(Path home) {
        return new WorkerSettings(
                ports,
                max,
                parallel,
                waiting,
                new Pace(ready, wait, health, Duration.ofMillis(500), 3, idle, drain, disable, auth),
                restarts,
                new Java(home.resolve("dist"), 64, 64, 64, true),
                new LaunchSettings(
                        home,
                        path,
                        () -> Map.of(
                                "MORTISE_CORE_URL", "http://127.0.0.1:8080",
                                "MORTISE_MODE", "test",
                                "LANG", "C.UTF-8",
                                "TZ", "UTC"),
                        terminate,
                        new OutputLimits(100, 256),
                        users,
                        List.of()),
                plugins);
    }
}
