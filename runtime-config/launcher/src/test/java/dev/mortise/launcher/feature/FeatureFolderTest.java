// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(folder.resolve("editions"));
        write(
                "host",
                "[{\"id\": \"a:rules:1.0.0\", \"start-order\": 10}, {\"id\": \"a:host:1.0.0\", \"start-order\": 20}]");
        write(
                "gateway",
                "[{\"id\": \"a:rules:1.0.0\", \"start-order\": 10}, {\"id\": \"b:gateway:2.0\", \"start-order\": 20}]");
        edition("standard", "\"host\", \"gateway\"");
    }

    @Test
    void listsABundleOfTwoFeaturesOnce() {
        Edition edition = new FeatureFolder(folder).edition("standard");

        assertThat(edition.features()).containsExactly("host", "gateway");
        assertThat(edition.bundles())
                .extracting(bundle -> bundle.artifact() + "@" + bundle.startLevel())
                .containsExactly("a:rules:1.0.0@10", "a:host:1.0.0@20", "b:gateway:2.0@20");
        assertThat(edition.plugins()).extracting(Artifact::fileName).containsExactly("worker-token-1.0.0.jar");
    }

    @Test
    void refusesTwoVersionsOfABundle() throws IOException {
        write("gateway", "[{\"id\": \"a:rules:1.0.1\", \"start-order\": 10}]");

        assertThatThrownBy(() -> new FeatureFolder(folder).edition("standard"))
                .isInstanceOf(LaunchFailure.class)
                .hasMessage("Feature 'gateway' lists a:rules:1.0.1 at start order 10, but a:rules:1.0.0 is listed at 10"
                        + " already. Mend the feature file.");
    }

    @Test
    void refusesABundleWithoutStartOrder() throws IOException {
        write("gateway", "[{\"id\": \"b:gateway:2.0\"}]");

        assertThatThrownBy(() -> new FeatureFolder(folder).edition("standard"))
                .hasMessageContaining("has no whole number as 'start-order'");
    }

    @Test
    void namesTheEditionsThatThereAre() throws IOException {
        edition("minimal", "\"host\"");

        assertThatThrownBy(() -> new FeatureFolder(folder).edition("huge"))
                .hasMessage("Unknown edition 'huge'. There are: minimal, standard.");
    }

    @Test
    void placesAnArtifactAsMavenDoes() {
        assertThat(new Artifact("dev.mortise", "dev.mortise.api", "1.0.0").in(Path.of("system")))
                .isEqualTo(Path.of("system/dev/mortise/dev.mortise.api/1.0.0/dev.mortise.api-1.0.0.jar"));
    }

    private void write(String name, String bundles) throws IOException {
        Files.writeString(
                folder.resolve(name + ".json"), "{\"id\": \"a:" + name + ":1.0.0\", \"bundles\": " + bundles + "}");
    }

    private void edition(String name, String features) throws IOException {
        Files.writeString(folder.resolve("editions").resolve(name + ".json"), """
                {"id": "a:%s:1.0.0", "extensions": {
                  "mortise.features": {"kind": "mandatory", "text": [%s]},
                  "mortise.plugins": {"artifacts": [{"id": "dev.mortise:worker-token:1.0.0"}]}}}
                """.formatted(name, features));
    }
}
