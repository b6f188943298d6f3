// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.json.Json;

/** Makes mappers; each is independent of all others and dies with its last reference. Implemented by the JSON bundle. */
public interface JsonFactory {
    /** Makes a strict mapper: unknown keys are refused. */
    Json strict();

    /** Makes a strict mapper that keeps every digit of numbers where no class says otherwise. */
    Json exact();

    /** Makes a mapper that ignores unknown keys, for answers of others. */
    Json lenient();

    /** Makes a lenient mapper that keeps every digit of numbers where no class says otherwise: for what is handed on. */
    Json verbatim();
}
