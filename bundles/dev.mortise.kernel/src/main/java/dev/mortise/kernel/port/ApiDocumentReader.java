// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.ApiDocument;
import dev.mortise.kernel.model.PluginId;

/** Reads the OpenAPI document that a plugin ships. Implemented by the JSON bundle, used by the gateway. */
public interface ApiDocumentReader {
    /** The most bytes that a document may have. */
    int LARGEST = 512 << 10;

    /**
     * Reads a document, JSON or YAML by the end of its name; fetches nothing.
     *
     * @param file the name of its file
     */
    Result read(PluginId plugin, String file, byte[] bytes);

    /** What reading came to. */
    sealed interface Result {
        /** The document can stand beside others. */
        record Usable(ApiDocument document) implements Result {}

        /** It can't; the reason is what stands behind "openapi.yaml is not used: ". */
        record Unusable(String reason) implements Result {}
    }
}
