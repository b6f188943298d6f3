// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Deployments;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what an order came to into an answer: taken 202, or 200 with the deployment for who waits for its end; unknown
 * 404, refused 409 with who and what stands against it, no plugin 400, and 503 while nobody can take it.
 */
record ChangeAnswer(Json json, Deployments deployments) {
    /** How long a request waits for a deployment; the call's own deadline may be shorter. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(1);

    Response of(Change change, Request request, boolean wait) throws IOException {
        if (change instanceof Change.Accepted accepted) {
            return (wait ? ended(accepted.deployment(), request) : Optional.<Deployment>empty())
                    .map(json::ok)
                    .orElseGet(() -> taken(accepted));
        }
        if (change instanceof Change.Unknown unknown) {
            throw new MortiseException(ErrorCode.PLUGIN_NOT_FOUND, unknown.message());
        }
        if (change instanceof Change.Refused refused) {
            throw conflict(refused);
        }
        if (change instanceof Change.NotTaken notTaken) {
            throw new Refusals(json).notTaken(notTaken.message(), notTaken.problems());
        }
        throw Refusals.unavailable(((Change.Unavailable) change).message());
    }

    private Optional<Deployment> ended(String deployment, Request request) {
        Duration left = request.context().remaining().minus(TIME_TO_ANSWER);
        return deployments
                .await(deployment, left.compareTo(PATIENCE) < 0 ? left : PATIENCE)
                .filter(known -> known.state() != Deployment.State.RUNNING);
    }

    private Response taken(Change.Accepted accepted) {
        return json.response(202, Map.of("deploymentId", accepted.deployment(), "message", accepted.message()))
                .with("Location", DeploymentRoutes.PATH + "/" + accepted.deployment());
    }

    private MortiseException conflict(Change.Refused refused) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("generation", refused.generation());
        members.put("problems", new Refusals(json).problems(refused.problems()));
        List<String> blockers =
                refused.blockers().stream().map(PluginId::value).sorted().toList();
        if (!blockers.isEmpty()) {
            members.put("blockers", blockers);
        }
        return new MortiseException(ErrorCode.CONFLICT, refused.message(), members);
    }
}
