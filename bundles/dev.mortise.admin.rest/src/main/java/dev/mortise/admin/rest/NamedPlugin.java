// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.kernel.model.PluginId;

/** The plugin that a path names; what can't be an id names none. */
final class NamedPlugin {
    private NamedPlugin() {}

    static PluginId of(Request request) {
        return read(request.pathParameter("id"));
    }

    static PluginId read(String text) {
        if (!PluginId.valid(text)) {
            throw unknown(text);
        }
        return new PluginId(text);
    }

    static MortiseException unknown(Object id) {
        return new MortiseException(
                ErrorCode.PLUGIN_NOT_FOUND,
                "There is no plugin '" + id + "'. GET /api/v1/plugins lists those that are here.");
    }
}
