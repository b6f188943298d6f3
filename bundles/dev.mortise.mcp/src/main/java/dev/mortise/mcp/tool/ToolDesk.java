// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonSchemas;
import dev.mortise.kernel.port.PluginTools;
import dev.mortise.kernel.port.PluginTools.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client may ask for: which tools there are for it, and a call of one. */
public final class ToolDesk {
    private final PluginTools plugins;
    private final ToolLists lists;
    private final ToolRuns runs;
    private final Tally tally;

    /** Serves what the plugins and their servers have. */
    public ToolDesk(
            PluginTools plugins, ToolServers servers, Json json, JsonSchemas schemas, ToolLimits limits, Tally tally) {
        this.plugins = plugins;
        this.tally = tally;
        this.lists = new ToolLists(new ToolQuestions(plugins, servers, json, schemas, limits, tally), limits);
        this.runs = new ToolRuns(plugins, servers, json, limits.call());
        servers.whenChanged(lists::forget);
    }

    /** Answers the tools that the caller may call, as JSON. */
    public List<Map<String, Object>> list(Call call) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Map<String, Offer> offers : lists.of(call, plugins.sources(tenant(call)))) {
            offers.values().stream()
                    .filter(offer -> may(call, offer))
                    .map(Offer::shown)
                    .forEach(shown::add);
        }
        return shown;
    }

    /** Answers what is another one when the tenant's tools are others than before; asks nobody. */
    public List<Long> mark(TenantId tenant) {
        return plugins.sources(tenant).stream()
                .map(source -> lists.mark(tenant, source))
                .toList();
    }

    /** Calls a tool. Somebody else's tool is as unknown as one that nobody has. */
    public Answer call(Call call, String name, Map<?, ?> arguments) {
        Answer answer = answer(call, name, arguments);
        tally.called(answer);
        return answer;
    }

    private Answer answer(Call call, String name, Map<?, ?> arguments) {
        Optional<Source> source = ToolName.plugin(name).flatMap(plugin -> source(call, plugin));
        Optional<Offer> offer = source.flatMap(found ->
                Optional.ofNullable(lists.of(call, List.of(found)).get(0).get(name)));
        if (offer.isEmpty()) {
            return new Answer.Unknown(name);
        }
        if (!may(call, offer.get())) {
            return new Answer.Denied("'%s' may not call tool '%s': it needs %s."
                    .formatted(
                            call.identity().id(),
                            name,
                            String.join(
                                    ", ",
                                    offer.get().permissions().stream().sorted().toList())));
        }
        Answer answer = runs.run(call, source.get(), offer.get(), arguments);
        if (answer instanceof Answer.Unknown) {
            lists.forget(tenant(call), offer.get().plugin());
        }
        return answer;
    }

    private Optional<Source> source(Call call, PluginId plugin) {
        return plugins.sources(tenant(call)).stream()
                .filter(source -> source.manifest().id().equals(plugin))
                .findFirst();
    }

    private boolean may(Call call, Offer offer) {
        return plugins.may(call, offer.plugin(), offer.permissions());
    }

    private static TenantId tenant(Call call) {
        return call.tenant()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.TENANT_REQUIRED,
                        "Tools are those of a tenant. Name one in X-Tenant-Id, or use a credential of a tenant."));
    }
}
