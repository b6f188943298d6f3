// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.config.StoredSettings.Change;
import dev.mortise.host.tenancy.TenantNotices;
import dev.mortise.host.tenancy.TenantNotices.Target;
import dev.mortise.kernel.admin.Configurations;
import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.ConfigViolation;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.rules.config.Mask;
import dev.mortise.rules.config.Sent;
import dev.mortise.rules.config.SentConfig;
import dev.mortise.rules.config.Variables;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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
        return configure(tenancy.target(tenant, plugin), before -> values);
    }

    /** The values are asked for anew where somebody else changes settings meanwhile. */
    private Configuration configure(Target target, Function<Settings, Map<String, ?>> values) {
        Change change;
        synchronized (this) {
            change = stored(target).change(before -> {
                Map<String, ?> sent = values.apply(before);
                return change(target, before)
                        .settings(taken(
                                target,
                                "settings",
                                SentConfig.judge(
                                        target.schema(), sent, kept(target, before), sources.around(target.plugin()))));
            });
        }
        tenancy.configUpdated(target);
        if (change.ofCredentials()) {
            tenancy.connected(target);
        }
        return view(target);
    }

    @Override
    public Configuration set(String tenant, String plugin, String name, Optional<String> text) {
        Target target = tenancy.target(tenant, plugin);
        return configure(target, before -> {
            Map<String, Object> values = new HashMap<>(views(target).own(before));
            values.remove(name);
            text.ifPresent(given -> values.put(name, read(target.schema(), name, given)));
            return values;
        });
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
            stored(target).change(before -> change(target, before)
                    .credentials(
                            method,
                            taken(
                                    target,
                                    "credentials",
                                    SentConfig.judgeAuth(
                                            target.schema(),
                                            method,
                                            credentials,
                                            kept(target, before),
                                            sources.around(target.plugin())))));
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
        AuthState asked = new Declared(target.schema())
                .auth(stored(target).known())
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.CONFLICT,
                        "Tenant '%s' gave no credentials to plugin '%s'. Give some first."
                                .formatted(tenant, target.plugin())));
        HeldSecrets held = new HeldSecrets(sources, target);
        Set<String> secrets = new HashSet<>(held.texts());
        AuthVerdict verdict = tenancy.validateAuth(target);
        if (verdict.valid()) {
            // credentials that came meanwhile, or hold for another version, are not those that were found good
            sources.store().validated(place(target), asked, clock.instant());
        }
        // what was replaced while the plugin looked is secret all the same
        secrets.addAll(held.texts());
        return new AuthVerdict(verdict.valid(), verdict.message().map(text -> Mask.over(text, secrets)));
    }

    /**
     * Takes note that a tenant has tokens by a method; the credentials that it gave for the method stay.
     *
     * @param begun how it gave credentials when the tokens were asked for
     * @throws MortiseException CONFLICT when that was changed since
     */
    public synchronized void connect(Target target, String methodId, Optional<AuthState> begun) {
        Connecting connecting = new Connecting(sources, place(target), target.schema(), methodId, begun);
        stored(target).change(before -> connecting.over(before).orElseThrow(() -> overtaken(target)));
    }

    /** Answers the refusal of a connection that another order was faster than. */
    public static MortiseException overtaken(Target target) {
        return new MortiseException(
                ErrorCode.CONFLICT,
                ("Plugin '%s' of tenant '%s' was disconnected, or got other credentials, while it was being connected."
                                + " Begin again.")
                        .formatted(target.plugin(), target.tenant().slug()));
    }

    /** Forgets the credentials of a tenant, but not its settings; answers the tokens that were forgotten. */
    public synchronized Optional<Grant> forget(Target target) {
        return stored(target)
                .change(before -> new Settings(before.values(), before.secrets(), Optional.empty()))
                .ended()
                // an order of before may have come so far and no further
                .or(() -> sources.grants().delete(place(target)));
    }

    /** Another node keeps something else: plugins here hear of it. */
    public void keptElsewhere(Place place, boolean config, boolean credentials) {
        if (credentials) {
            sources.grants().forget(place.plugin());
        }
        boolean given = credentials
                && sources.store().find(place.tenant(), place.plugin()).auth().isPresent();
        tenancy.keptElsewhere(place.tenant(), place.plugin(), config, given);
    }

    /** Answers the fields whose values are shown as stars. */
    private Set<String> kept(Target target, Settings settings) {
        Declared declared = new Declared(target.schema());
        return new TreeSet<>(target.schema().fields().stream()
                .filter(field -> declared.envelope(settings, field).isPresent()
                        || (target.schema().secret(field)
                                && declared.plain(settings, field).isPresent()))
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
        return views(target).view(target.tenant(), stored(target).known());
    }

    private ConfigViews views(Target target) {
        return new ConfigViews(sources, target.plugin(), target.schema());
    }

    private SettingsChange change(Target target, Settings before) {
        return new SettingsChange(sources, place(target), target.schema(), before);
    }

    private StoredSettings stored(Target target) {
        return new StoredSettings(sources, target);
    }

    private Place place(Target target) {
        return stored(target).place();
    }
}
