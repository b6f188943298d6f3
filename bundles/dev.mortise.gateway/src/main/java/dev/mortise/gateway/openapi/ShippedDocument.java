// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.openapi;

import dev.mortise.kernel.model.ApiDocument;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.ApiDocumentReader;
import dev.mortise.kernel.port.ApiDocumentReader.Result;
import dev.mortise.kernel.port.PluginFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Finds the OpenAPI document at the root of a plugin's jar and has it read. */
public final class ShippedDocument {
    private static final List<String> NAMES = List.of("openapi.json", "openapi.yaml", "openapi.yml");

    private final ApiDocumentReader reader;

    /** Makes a finder that reads with this reader. */
    public ShippedDocument(ApiDocumentReader reader) {
        this.reader = reader;
    }

    /**
     * What was found.
     *
     * @param file its name, empty when there is none
     * @param warning why it is not used, if so
     */
    public record Finding(String file, Optional<ApiDocument> document, Optional<String> warning) {
        /** Nothing was found. */
        public static final Finding NOTHING = new Finding("", Optional.empty(), Optional.empty());

        static Finding unusable(String file, String reason) {
            return new Finding(
                    file,
                    Optional.empty(),
                    Optional.of(file + " is not used: " + reason
                            + " What /openapi.json says of the plugin is derived from plugin.json."));
        }
    }

    /** Looks into the jar of a plugin. */
    public Finding find(PluginId plugin, PluginFiles files) {
        for (String name : NAMES) {
            try {
                Optional<InputStream> entry = files.open(name);
                if (entry.isPresent()) {
                    return read(plugin, name, entry.get());
                }
            } catch (IOException e) {
                return Finding.unusable(name, "it can't be read: " + e + ".");
            }
        }
        return Finding.NOTHING;
    }

    private Finding read(PluginId plugin, String name, InputStream entry) throws IOException {
        try (InputStream bytes = entry) {
            return read(plugin, name, bytes.readNBytes(ApiDocumentReader.LARGEST + 1));
        }
    }

    private Finding read(PluginId plugin, String name, byte[] bytes) {
        Result result = reader.read(plugin, name, bytes);
        return result instanceof Result.Usable usable
                ? new Finding(name, Optional.of(usable.document()), Optional.empty())
                : Finding.unusable(name, ((Result.Unusable) result).reason());
    }
}
