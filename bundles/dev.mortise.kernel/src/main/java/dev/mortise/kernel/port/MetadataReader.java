// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginIdentity;

/**
 * Judges what a plugin says of itself: {@code plugin.json}, and beside it {@code routes}, {@code tools} and
 * {@code protocol}. Implemented by the JSON bundle, used by the host.
 */
public interface MetadataReader {
    /** Reads a document of at most 1 MB, which must speak of the plugin that is expected. */
    Result read(byte[] document, PluginIdentity expected);

    /** What reading came to. */
    sealed interface Result {
        /** It is good; the text is without white space. */
        record Good(String json) implements Result {}

        /** It is not, with the sentence why. */
        record Bad(String why) implements Result {}
    }
}
