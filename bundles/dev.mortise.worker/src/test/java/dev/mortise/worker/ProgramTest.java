// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.worker.plugin.RunningPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramTest implements PluginSource {
    @TempDir
    private Path folder;

    @Override
    public PluginManifest manifest() {
        throw new AssertionError("nothing is announced");
    }

    @Override
    public RunningPlugin start(List<Offer<?>> offers) {
        throw new AssertionError("nothing is started");
    }

    private int run(Path tokenFile) {
        List<String> arguments = List.of("--core", "http://127.0.0.1:9", "--token-file", tokenFile.toString());
        return Program.run(arguments, Map.of(), (options, judged) -> this);
    }

    @Test
    void startsNothingWithoutAToken() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");

        assertThat(run(folder.resolve("none"))).isEqualTo(Exit.CONFIGURATION);
        assertThat(run(empty)).isEqualTo(Exit.CONFIGURATION);
    }
}
