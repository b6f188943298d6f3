// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.model.PluginId;
import java.util.List;
import java.util.Map;

/** Turns what an order came to into an answer: taken 202, unknown 404, refused 409 with who stands against it. */
record ChangeAnswer(Json json) {
    /** The order is carried out after the answer; its plugin shows how it stands. */
    Response of(Change change, PluginId plugin) {
        if (change instanceof Change.Accepted accepted) {
            return json.response(202, Map.of("id", plugin.value(), "message", accepted.message()))
                    .with("Location", "/api/v1/plugins/" + plugin);
        }
        if (change instanceof Change.Unknown unknown) {
            throw new MortiseException(ErrorCode.PLUGIN_NOT_FOUND, unknown.message());
        }
        throw conflict((Change.Refused) change);
    }

    private static MortiseException conflict(Change.Refused refused) {
        List<String> blockers =
                refused.blockers().stream().map(PluginId::value).sorted().toList();
        return new MortiseException(
                ErrorCode.CONFLICT, refused.message(), blockers.isEmpty() ? Map.of() : Map.of("blockers", blockers));
    }
}
