// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.launcher.feature.Artifact;
import dev.mortise.launcher.feature.Edition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditionPluginsTest {
    private static final Artifact TOKENS = new Artifact("dev.mortise.examples", "worker-token", "1.0.0");
    private static final Artifact CRM = new Artifact("dev.mortise.examples", "crm", "1.0.0");

    @TempDir
    private Path repository;

    @TempDir
    private Path folder;

    private Home home = new Home(Path.of(""));

    @BeforeEach
    void fillTheRepository() throws IOException {
        home = Home.prepare(folder);
        for (Artifact artifact : List.of(TOKENS, CRM)) {
            Files.createDirectories(artifact.in(repository).resolveSibling("."));
            Files.writeString(artifact.in(repository), artifact.name());
        }
    }

    @Test
    void givesEachPluginOnce() throws IOException {
        give(TOKENS);
        assertThat(dropped(TOKENS)).exists();

        Files.delete(dropped(TOKENS));
        give(TOKENS);
        assertThat(dropped(TOKENS)).doesNotExist();
    }

    @Test
    void givesWhatAnotherEditionAdds() throws IOException {
        give();
        give(TOKENS);
        give(TOKENS, CRM);

        assertThat(dropped(TOKENS)).exists();
        assertThat(dropped(CRM)).hasContent("crm");
    }

    private void give(Artifact... plugins) throws IOException {
        new EditionPlugins(repository, home).give(new Edition("some", List.of(), List.of(), List.of(plugins)));
    }

    private Path dropped(Artifact plugin) {
        return home.plugins().resolve(plugin.fileName());
    }
}
