// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.auth.Action;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.call.ToolSet;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginTools;
import dev.mortise.kernel.port.TenantPlugins.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries calls of tools to plugins, after the checks of a client's request and past the same guards. */
final class ToolCalls implements PluginTools {
    private final SnapshotRouting routing;
    private final Permissions permissions;
    private final Installed installed;
    private final BackgroundCalls background;
    private final Means means;
    private final AnswerLimit longest;

    ToolCalls(
            SnapshotRouting routing,
            Permissions permissions,
            Installed installed,
            BackgroundCalls background,
            Means means,
            AnswerLimit longest) {
        this.routing = routing;
        this.permissions = permissions;
        this.installed = installed;
        this.background = background;
        this.means = means;
        this.longest = longest;
    }

    @Override
    public List<Source> sources(TenantId tenant) {
        RoutingSnapshot snapshot = routing.snapshot();
        Set<String> ids = new TreeSet<>();
        snapshot.mounted().forEach(mounted -> ids.add(mounted.id()));
        List<Source> sources = new ArrayList<>();
        for (String id : ids) {
            Mounted serving = find(snapshot, id, tenant);
            if (serving != null && serving.serves() && open(tenant, serving)) {
                ToolMount tools = serving.tools();
                sources.add(
                        new Source(serving.manifest(), serving.plugin().entry().digest(), tools.stamp(), tools.some()));
            }
        }
        return sources;
    }

    private boolean open(TenantId tenant, Mounted mounted) {
        return installed.standing(tenant, mounted.manifest().id()) instanceof Standing.Open;
    }

    /** Answers what serves the tenant: what runs here before what runs elsewhere; else what does not serve now, if any. */
    private static @Nullable Mounted find(RoutingSnapshot snapshot, String id, TenantId tenant) {
        Stream<Mounted> here = snapshot.versions(id).stream();
        Stream<Mounted> elsewhere = snapshot.elsewhereOf(id).stream()
                .filter(mounted -> mounted.plugin().place().serves(tenant.value()))
                .sorted(Comparator.comparing(Mounted::plugin, PluginMount.FACE_FIRST)
                        .thenComparing(mounted -> mounted.plugin().place().distance())
                        .thenComparing(mounted -> mounted.plugin().place().toString()));
        List<Mounted> all = Stream.concat(here, elsewhere).toList();
        return all.stream().filter(Mounted::serves).findFirst().orElse(all.isEmpty() ? null : all.get(0));
    }

    @Override
    public boolean may(Call caller, PluginId plugin, Set<String> needed) {
        return refusal(caller, plugin, needed) == null;
    }

    private @Nullable Refusal refusal(Call caller, PluginId plugin, Set<String> needed) {
        Action action = new Action("POST", "/mcp", Optional.of(plugin.value()), caller.tenant(), needed);
        return permissions.check(caller.identity(), action);
    }

    @Override
    public CompletionStage<Response> ask(Call call, PluginId plugin, Question question) {
        Mounted mounted = find(routing.snapshot(), plugin.value(), call.tenant().orElseThrow());
        if (mounted == null) {
            return CompletableFuture.failedStage(exception(PluginDestination.unknown(plugin.value())));
        }
        return background.run(
                mounted.tools().asker(), call, () -> answer(call, plugin, question), ToolCalls::exception);
    }

    private Response answer(Call call, PluginId plugin, Question question) throws IOException {
        while (true) {
            // Once, but for a call that comes to a plugin in the moment of its switch.
            Mounted mounted =
                    find(routing.snapshot(), plugin.value(), call.tenant().orElseThrow());
            if (mounted == null) {
                throw exception(PluginDestination.unknown(plugin.value()));
            }
            Outcome outcome = once(call, mounted, question);
            if (outcome instanceof Missed missed) {
                return told(missed.instead(), mounted);
            }
            if (outcome instanceof Outcome.Last last) {
                return told(last, mounted);
            }
        }
    }

    private Outcome once(Call call, Mounted mounted, Question question) {
        PluginId plugin = mounted.manifest().id();
        Refusal refusal = installed.client(call.tenant(), mounted.plugin());
        if (refusal == null && !mounted.serves()) {
            refusal = Refusal.retryLater(
                    ErrorCode.PLUGIN_NOT_READY, mounted.plugin().reason());
        }
        if (refusal == null && question instanceof Question.CallTool order) {
            refusal = refusal(call, plugin, order.permissions());
        }
        if (refusal != null) {
            return refusal;
        }
        installed.enter(call.tenant(), mounted.plugin());
        ToolMount tools = mounted.tools();
        ServiceCall.Ends ends = tools.ends(mounted.plugin(), tools.route(question));
        return new ServiceCall(ends, call, asked(question), means, Tries.NONE).go();
    }

    private static HandlerRequest.Asked asked(Question question) {
        return question instanceof Question.CallTool call
                ? new HandlerRequest.Asked(
                        "POST",
                        ToolSet.CALL,
                        0,
                        Optional.empty(),
                        Headers.of("Content-Type", "application/json"),
                        call.content())
                : new HandlerRequest.Asked("GET", ToolSet.LIST, 0, Optional.empty(), Headers.none(), Body.empty());
    }

    private Response told(Outcome.Last last, Mounted mounted) throws IOException {
        if (last instanceof Refusal refusal) {
            throw exception(refusal);
        }
        Optional<Response> held = longest.held(((Outcome.Answered) last).response());
        if (held.isEmpty()) {
            mounted.plugin().owner().meters().tooLong();
            throw new MortiseException(ErrorCode.SERVICE_FAILED, longest.sentence());
        }
        return held.get();
    }

    private static MortiseException exception(Refusal refusal) {
        return new MortiseException(refusal.code(), refusal.detail(), refusal.members());
    }
}
