// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import java.util.List;

/** Reads {@code plugin.json}. Implemented by the JSON bundle, used by the host. */
public interface ManifestReader {
    /** Reads the document; finds all violations of the schema at once. */
    Result read(byte[] document);

    /** What reading came to. */
    sealed interface Result {
        /** The document is good. */
        record Valid(PluginManifest manifest) implements Result {}

        /** The document breaks the schema, at one place or more. */
        record Invalid(List<Problem.ManifestProblem> problems) implements Result {}
    }
}
