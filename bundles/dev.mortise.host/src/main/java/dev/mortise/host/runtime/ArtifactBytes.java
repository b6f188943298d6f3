// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.LostBytes;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Problem;
import java.io.IOException;
import java.util.Optional;

/** Sees to it that the bytes of an artifact lie in the store, which is a cache that may have lost them. */
@FunctionalInterface
public interface ArtifactBytes {
    /** Fetches the bytes where they are missing, which may block; answers whether they are there now. */
    boolean bring(Digest digest) throws IOException;

    /** Brings the bytes, or says why they can't be had. */
    default Optional<Problem> missing(Artifact artifact) {
        try {
            return bring(artifact.digest())
                    ? Optional.empty()
                    : Optional.of(LostBytes.nowhere(artifact.identity(), artifact.digest()));
        } catch (MortiseException e) {
            return Optional.of(
                    LostBytes.outOfReach(artifact.identity(), artifact.digest(), String.valueOf(e.getMessage())));
        } catch (IOException e) {
            return Optional.of(LostBytes.unreadable(artifact.identity(), artifact.digest(), e));
        }
    }
}
