// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Preview.Judged;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lets the planner of deployments judge a plugin that runs elsewhere. What would only wait may come. */
record DryRun(Plugins plugins, Json json) {
    /** Refuses a plugin that the planner refuses, or that makes it refuse another one. */
    void judge(PluginManifest manifest) throws IOException {
        if (!known(manifest)) {
            judge(plugins.validate(manifest.json()));
        }
    }

    /** The planner would see an attempt to replace what is here already, of which this is one instance more. */
    private boolean known(PluginManifest manifest) {
        Optional<PluginDetail> here = plugins.find(manifest.id());
        return here.filter(plugin -> plugin.summary().state() != PluginState.REJECTED)
                .filter(plugin ->
                        plugin.summary().version().equals(manifest.version().text()))
                .filter(plugin -> same(plugin.manifest(), manifest.json()))
                .isPresent();
    }

    private boolean same(String one, String other) {
        return json.read(one, Map.class).equals(json.read(other, Map.class));
    }

    private void judge(Preview preview) throws IOException {
        if (preview instanceof Preview.Unavailable unavailable) {
            throw Refusals.unavailable(unavailable.message());
        }
        if (preview instanceof Preview.NotTaken notTaken) {
            throw new Refusals(json).notTaken(notTaken.message(), notTaken.problems());
        }
        Preview.Planned planned = (Preview.Planned) preview;
        List<Why.Item> problems = planned.refused().stream()
                .map(Judged::problems)
                .flatMap(List::stream)
                .toList();
        if (!planned.refused().isEmpty()) {
            throw new MortiseException(
                    ErrorCode.CONFLICT,
                    problems.stream().map(Why.Item::message).collect(Collectors.joining(" ")),
                    Map.of("generation", planned.generation(), "problems", new Refusals(json).problems(problems)));
        }
    }
}
