// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.MetadataState;
import dev.mortise.kernel.model.PluginMetadata;
import dev.mortise.kernel.model.Version;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetadataStepsTest {
    private static final Version ONE = new Version("1.0.0");
    private static final Version TWO = new Version("2.0.0");
    private static final Digest JAR = new Digest("a".repeat(64));
    private static final Digest OTHER = new Digest("b".repeat(64));

    private static PluginMetadata known(MetadataState state, Optional<Instant> fetchedAt) {
        return new PluginMetadata("1.0.0", JAR, state, fetchedAt, Optional.empty());
    }

    @Test
    void isMissingUntilItWasRead() {
        PluginMetadata seen = MetadataSteps.seen(Optional.empty(), ONE, JAR);

        assertThat(seen).isEqualTo(known(MetadataState.MISSING, Optional.empty()));
        assertThat(MetadataSteps.due(seen)).isTrue();
        assertThat(MetadataSteps.seen(Optional.of(seen), TWO, OTHER).state()).isEqualTo(MetadataState.MISSING);
    }

    @Test
    void isFreshAsLongAsTheJarIsTheSame() {
        PluginMetadata fresh = known(MetadataState.FRESH, Optional.of(Instant.EPOCH));

        assertThat(MetadataSteps.fetched(known(MetadataState.STALE, Optional.of(Instant.EPOCH))))
                .isEqualTo(fresh);
        assertThat(MetadataSteps.seen(Optional.of(fresh), ONE, JAR)).isSameAs(fresh);
        assertThat(MetadataSteps.due(fresh)).isFalse();
    }

    @Test
    void isStaleWhenTheJarIsAnother() {
        PluginMetadata fresh = known(MetadataState.FRESH, Optional.of(Instant.EPOCH));

        PluginMetadata stale = MetadataSteps.seen(Optional.of(fresh), TWO, OTHER);

        assertThat(stale)
                .isEqualTo(new PluginMetadata(
                        "2.0.0", OTHER, MetadataState.STALE, Optional.of(Instant.EPOCH), Optional.empty()));
        assertThat(MetadataSteps.due(stale)).isTrue();
    }

    @Test
    void keepsTheCopyWhenItCouldNotBeRead() {
        PluginMetadata failed =
                MetadataSteps.failed(known(MetadataState.STALE, Optional.of(Instant.EPOCH)), "It is no JSON.");

        assertThat(failed.state()).isEqualTo(MetadataState.ERROR);
        assertThat(failed.fetchedAt()).contains(Instant.EPOCH);
        assertThat(failed.error()).contains("It is no JSON.");
        assertThat(MetadataSteps.due(failed)).isFalse();
        assertThat(MetadataSteps.fetched(failed).error()).isEmpty();
    }
}
