// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import java.util.List;
import java.util.Optional;

/** Reads {@code plugin.json}. Implemented by the JSON bundle, used by the host. */
public interface ManifestReader {
    /** Reads the document; finds all violations of the schema at once. */
    Result read(byte[] document);

    /** What reading came to. */
    sealed interface Result {
        /** The document is good. */
        record Valid(PluginManifest manifest) implements Result {}

        /**
         * The document breaks the schema, at one place or more.
         *
         * @param id the plugin that it speaks of, when at least that can be read
         * @param version its version, when that can be read
         */
        record Invalid(Optional<PluginId> id, Optional<Version> version, List<Problem.ManifestProblem> problems)
                implements Result {
            public Invalid {
                problems = List.copyOf(problems);
            }

            /** Says that the document breaks the schema and does not even name a plugin. */
            public Invalid(List<Problem.ManifestProblem> problems) {
                this(Optional.empty(), Optional.empty(), problems);
            }
        }
    }
}
