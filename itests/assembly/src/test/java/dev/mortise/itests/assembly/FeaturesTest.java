// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.launcher.feature.Artifact;
import dev.mortise.launcher.feature.Edition;
import dev.mortise.launcher.feature.EditionBundle;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeaturesTest {

    @Test
    void nameOnlyWhatTheDistributionHolds() {
        assertThat(Assembled.jars(Assembled.system())).containsAll(named());
    }

    @Test
    void nameEverythingThatTheDistributionHolds() {
        assertThat(named()).containsAll(Assembled.jars(Assembled.system()));
    }

    @Test
    void offerEachPluginOfAnEditionAsAnExampleToo() {
        assertThat(Assembled.editions().stream().flatMap(edition -> edition.plugins().stream()))
                .isNotEmpty()
                .allSatisfy(plugin -> assertThat(Assembled.examples().resolve(plugin.fileName()))
                        .exists());
    }

    @Test
    void growFromEditionToEdition() {
        Set<EditionBundle> smaller = Set.of();
        for (Edition edition : Assembled.editions()) {
            assertThat(edition.bundles()).as(edition.name()).containsAll(smaller);
            smaller = Set.copyOf(edition.bundles());
        }
    }

    private static Set<Path> named() {
        return Assembled.editions().stream()
                .flatMap(FeaturesTest::artifacts)
                .map(artifact -> artifact.in(Assembled.system()))
                .collect(Collectors.toSet());
    }

    private static Stream<Artifact> artifacts(Edition edition) {
        return Stream.concat(edition.bundles().stream().map(EditionBundle::artifact), edition.plugins().stream());
    }
}
