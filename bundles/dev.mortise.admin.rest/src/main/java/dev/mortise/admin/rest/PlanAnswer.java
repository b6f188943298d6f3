// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Preview;
import java.io.IOException;

/** Turns a dry run into an answer: the plan 200, also where it refuses; no plugin 400, and 503 while nobody can tell. */
record PlanAnswer(Json json) {
    Response of(Preview preview) throws IOException {
        if (preview instanceof Preview.Planned planned) {
            return json.ok(planned);
        }
        if (preview instanceof Preview.NotTaken notTaken) {
            throw new Refusals(json).notTaken(notTaken.message(), notTaken.problems());
        }
        throw Refusals.unavailable(((Preview.Unavailable) preview).message());
    }
}
