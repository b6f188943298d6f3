// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.tenancy.TenantNotices;
import dev.mortise.host.tenancy.TenantNotices.Target;
import dev.mortise.kernel.admin.Configurations;
import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.ConfigViolation;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.rules.config.Mask;
import dev.mortise.rules.config.Sent;
import dev.mortise.rules.config.SentConfig;
import dev.mortise.rules.config.Variables;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Takes orders about settings; one after the other is kept, hooks run beside each other. */
public final class ConfigurationOrders implements Configurations {
    private final ConfigSources sources;
    private final TenantNotices tenancy;
    private final Clock clock;

    /** Takes orders for the plugins that the tenancy knows. */
    public ConfigurationOrders(ConfigSources sources, TenantNotices tenancy, Clock clock) {
        this.sources = sources;
        this.tenancy = tenancy;
        this.clock = clock;
    }

    @Override
    public Configuration find(String tenant, String plugin) {
        return view(tenancy.target(tenant, plugin));
    }

    @Override
    public Configuration configure(String tenant, String plugin, Map<String, ?> values) {
        Target target = tenancy.target(tenant, plugin);
        boolean connected;
        synchronized (this) {
            connected = configure(target, values);
        }
        tenancy.configUpdated(target);
        if (connected) {
            tenancy.connected(target);
        }
        return view(target);
    }

    /** Answers whether credentials changed. */
    private boolean configure(Target target, Map<String, ?> values) {
        Settings before = stored(target);
        Sent.Taken sent = taken(
                target,
                "settings",
                SentConfig.judge(target.schema(), values, kept(target, before), sources.around(target.plugin())));
        Settings next = change(target, before).settings(sent);
        put(target, next);
        return !next.auth().equals(before.auth());
    }

    @Override
    public Configuration set(String tenant, String plugin, String name, Optional<String> text) {
        Target target = tenancy.target(tenant, plugin);
        Map<String, Object> values = new HashMap<>(views(target).own(stored(target)));
        values.remove(name);
        text.ifPresent(given -> values.put(name, read(target.schema(), name, given)));
        return configure(tenant, plugin, values);
    }

    /** What is no value of the type is sent as the text that it is, and refused with all the rest. */
    private Object read(ConfigSchema schema, String name, String text) {
        return schema.field(name)
                .flatMap(field -> Variables.read(field, text, sources::read))
                .orElse(text);
    }

    @Override
    public Configuration authenticate(String tenant, String plugin, String methodId, Map<String, ?> credentials) {
        Target target = tenancy.target(tenant, plugin);
        AuthMethod method = target.schema()
                .method(methodId)
                .orElseThrow(() -> refused(target, "credentials", List.of(unknown(target, methodId))));
        synchronized (this) {
            Settings before = stored(target);
            Sent.Taken sent = taken(
                    target,
                    "credentials",
                    SentConfig.judgeAuth(
                            target.schema(),
                            method,
                            credentials,
                            kept(target, before),
                            sources.around(target.plugin())));
            put(target, change(target, before).credentials(method, sent));
        }
        tenancy.connected(target);
        return view(target);
    }

    private static ConfigViolation unknown(Target target, String methodId) {
        List<AuthMethod> methods = target.schema().methods();
        String known = methods.stream().map(AuthMethod::id).collect(Collectors.joining(", "));
        return new ConfigViolation(
                "/methodId",
                "There is no method '" + methodId + "'. "
                        + (methods.isEmpty() ? "The plugin takes no credentials." : "There are: " + known + "."));
    }

    @Override
    public AuthVerdict validateAuth(String tenant, String plugin) {
        Target target = tenancy.target(tenant, plugin);
        AuthState asked = stored(target)
                .auth()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.CONFLICT,
                        "Tenant '%s' gave no credentials to plugin '%s'. Give some first."
                                .formatted(tenant, target.plugin())));
        AuthVerdict verdict = tenancy.validateAuth(target);
        if (verdict.valid()) {
            validated(target, asked);
        }
        return new AuthVerdict(verdict.valid(), verdict.message().map(text -> masked(target, asked, text)));
    }

    /** Credentials that came meanwhile are not those that were found good. */
    private synchronized void validated(Target target, AuthState asked) {
        Settings now = stored(target);
        if (now.auth()
                .filter(known -> known.credentials().equals(asked.credentials()))
                .isPresent()) {
            AuthState good = new AuthState(asked.methodId(), asked.credentials(), Optional.of(clock.instant()));
            put(target, new Settings(now.values(), now.secrets(), Optional.of(good)));
        }
    }

    /** Plugins hand on what other systems say, and those like to quote what they got. */
    private String masked(Target target, AuthState asked, String message) {
        Map<String, String> sealed = new HashMap<>(asked.credentials());
        sources.grants().find(place(target)).map(Seen::grant).ifPresent(grant -> {
            sealed.put(OAuthStore.ACCESS, grant.access());
            grant.refresh().ifPresent(token -> sealed.put(OAuthStore.REFRESH, token));
        });
        return Mask.over(
                message,
                sealed.entrySet().stream()
                        .map(one -> sources.open(place(target), one.getKey(), one.getValue())
                                .toString())
                        .toList());
    }

    /** Takes note that a tenant has tokens by a method; the credentials that it gave for the method stay. */
    public synchronized void connect(Target target, String methodId) {
        Settings before = stored(target);
        Map<String, String> credentials = before.auth()
                .filter(known -> known.methodId().equals(methodId))
                .map(AuthState::credentials)
                .orElse(Map.of());
        AuthState next = new AuthState(methodId, credentials, Optional.empty());
        put(target, new Settings(before.values(), before.secrets(), Optional.of(next)));
    }

    /** Forgets the credentials of a tenant, but not its settings. */
    public synchronized void forget(Target target) {
        Settings before = stored(target);
        put(target, new Settings(before.values(), before.secrets(), Optional.empty()));
    }

    private Set<String> kept(Target target, Settings settings) {
        return new TreeSet<>(target.schema().fields().stream()
                .filter(field -> ConfigReader.envelope(settings, field).isPresent()
                        || settings.values().containsKey(field.name()))
                .map(ConfigField::name)
                .toList());
    }

    private Sent.Taken taken(Target target, String what, Sent sent) {
        if (sent instanceof Sent.Refused refused) {
            throw refused(target, what, refused.violations());
        }
        return (Sent.Taken) sent;
    }

    private static MortiseException refused(Target target, String what, List<ConfigViolation> violations) {
        String all = violations.stream().map(ConfigViolation::message).collect(Collectors.joining(" "));
        return new MortiseException(
                ErrorCode.VALIDATION_FAILED,
                "The %s of plugin '%s' for tenant '%s' were not changed. %s"
                        .formatted(what, target.plugin(), target.tenant().slug(), all),
                Map.of(
                        "problems",
                        violations.stream()
                                .map(one -> Map.of("pointer", one.pointer(), "message", one.message()))
                                .toList()));
    }

    private Configuration view(Target target) {
        return views(target).view(target.tenant(), stored(target));
    }

    private ConfigViews views(Target target) {
        return new ConfigViews(sources, target.plugin(), target.schema());
    }

    private SettingsChange change(Target target, Settings before) {
        return new SettingsChange(sources, place(target), target.schema(), before);
    }

    private Settings stored(Target target) {
        return sources.store().find(id(target), target.plugin());
    }

    /** Tokens of a method go with the method. */
    private void put(Target target, Settings settings) {
        Optional<String> before = stored(target).auth().map(AuthState::methodId);
        sources.store().put(id(target), target.plugin(), settings, target.enabled());
        if (before.isPresent() && !settings.auth().map(AuthState::methodId).equals(before)) {
            sources.grants().delete(place(target));
        }
    }

    private static Place place(Target target) {
        return new Place(id(target), target.plugin());
    }

    private static TenantId id(Target target) {
        return target.tenant().id();
    }
}
