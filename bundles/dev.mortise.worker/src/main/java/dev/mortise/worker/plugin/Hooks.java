// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.model.PluginId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks of the plugin in the order of its life, with the deadlines that they have in the container too. */
public final class Hooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final Duration INITIALIZE = Duration.ofSeconds(30);
    private static final Duration START = Duration.ofSeconds(10);
    private static final Duration NOTICE = Duration.ofSeconds(10);
    private static final Duration VALIDATE = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final PluginId plugin;
    private final HookCalls calls;
    private final TenantStarts starts = new TenantStarts(this::startFor);
    private boolean ended;

    /** Makes them for a plugin that runs. */
    public Hooks(RunningPlugin plugin) {
        this.plugin = plugin.manifest().id();
        this.calls = new HookCalls(plugin.hooks(), plugin.loader());
    }

    /** Prepares the version; answers what stands against it. */
    public Optional<String> initialize() {
        return calls.call(
                "initialize() of plugin '" + plugin + "'",
                Call.withoutTenant(plugin.value(), id(), INITIALIZE),
                INITIALIZE,
                PluginLifecycle::initialize);
    }

    /** Prepares it for a tenant, unless that was done; what fails is told by {@link #failures}. */
    public void start(String tenant) {
        starts.ensure(tenant);
    }

    /** Answers for which tenants it could not be prepared, and why. */
    public Map<String, String> failures() {
        return starts.failures();
    }

    /** A tenant gave credentials. */
    public void connected(String tenant) {
        notice("connected()", tenant, NOTICE, hook -> hook.connected(new TenantId(tenant)));
    }

    /** A tenant changed its settings. */
    public void configUpdated(String tenant) {
        notice("configUpdated()", tenant, NOTICE, hook -> hook.configUpdated(new TenantId(tenant)));
    }

    /** A tenant no longer has the plugin. */
    public void disable(String tenant) {
        if (starts.forget(tenant)) {
            notice("disable()", tenant, FAREWELL, hook -> hook.disable(new TenantId(tenant)));
        }
    }

    /**
     * Asks about the credentials of a tenant.
     *
     * @param requestId names the context, in which the credentials are those that are asked about
     */
    public AuthVerdict validateAuth(String tenant, String requestId) {
        List<AuthVerdict> verdicts = new CopyOnWriteArrayList<>();
        Call context = Call.ofPlugin(plugin.value(), new TenantId(tenant), requestId, VALIDATE);
        Optional<String> failure = calls.call(
                what("validateAuth()", tenant), context, VALIDATE, hook -> verdicts.add(asked(hook, tenant)));
        return failure.map(AuthVerdict::invalid)
                .or(() -> verdicts.stream().filter(one -> !one.valid()).findFirst())
                .or(() -> verdicts.stream().findFirst())
                .orElse(AuthVerdict.VALID);
    }

    /** What is thrown may quote the credential, so nothing of it is logged. */
    private static AuthVerdict asked(PluginLifecycle hook, String tenant) throws InterruptedException {
        try {
            return hook.validateAuth(new TenantId(tenant));
        } catch (InterruptedException late) {
            throw late;
        } catch (OutOfMemoryError | InternalError | UnknownError e) {
            throw e; // they are not the plugin's, and quote nothing
        } catch (Throwable e) {
            return AuthVerdict.invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Ends the version, once. */
    public synchronized void stop() {
        if (!ended) {
            ended = true;
            calls.call(
                            "stop() of plugin '" + plugin + "'",
                            Call.withoutTenant(plugin.value(), id(), FAREWELL),
                            FAREWELL,
                            PluginLifecycle::stop)
                    .ifPresent(LOG::warn);
        }
    }

    @Override
    public void close() {
        calls.close();
    }

    private Optional<String> startFor(String tenant) {
        Call context = Call.ofPlugin(plugin.value(), new TenantId(tenant), id(), START);
        Optional<String> failure =
                calls.call(what("start()", tenant), context, START, hook -> hook.start(new TenantId(tenant)));
        failure.ifPresent(LOG::warn);
        return failure;
    }

    private void notice(String name, String tenant, Duration limit, HookCalls.Hook hook) {
        Call context = Call.ofPlugin(plugin.value(), new TenantId(tenant), id(), limit);
        calls.call(what(name, tenant), context, limit, hook).ifPresent(LOG::warn);
    }

    private String what(String name, String tenant) {
        return "%s of plugin '%s' for tenant '%s'".formatted(name, plugin, tenant);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}
