// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Configurations;
import dev.mortise.kernel.admin.SecretKeys;
import dev.mortise.kernel.admin.SecretKeys.Rotation;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The commands {@code config} and {@code secrets}. */
@Component(
        service = ConfigCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=config", "osgi.command.function=secrets"})
public final class ConfigCommands {
    private static final Usage CONFIG = Usage.of(
            "config <tenant> <plugin> [<field>] [<value>] [--unset]",
            "shows the settings of a plugin for a tenant, or changes one of them");
    private static final Usage ROTATE =
            Usage.of("secrets rotate", "seals all secrets anew with a new key; the old one still opens");
    private static final Usage DROP = Usage.of("secrets drop", "drops the old keys, once every node has the new one");
    private static final Usage FORGET =
            Usage.of("secrets forget", "begins with a new key where data/secrets-key is lost");
    static final List<Usage> USAGES = List.of(CONFIG, ROTATE, DROP, FORGET);

    private final Slot<Configurations> configurations = new Slot<>("settings");
    private final Slot<SecretKeys> keys = new Slot<>("secrets");
    private final Verbs verbs = new Verbs()
            .with(ROTATE, none -> keys.ask(all -> told(all.rotate())))
            .with(DROP, none -> keys.ask(all -> told(all.drop())))
            .with(FORGET, none -> keys.ask(all -> begun(all.forget())));

    /** Makes the commands; they answer in words until the host is there. */
    @Activate
    public ConfigCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindConfigurations(Configurations service) {
        configurations.put(service);
    }

    void unbindConfigurations(Configurations service) {
        configurations.remove(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindKeys(SecretKeys service) {
        keys.put(service);
    }

    void unbindKeys(SecretKeys service) {
        keys.remove(service);
    }

    /** Shows settings, or changes one. */
    public Object config(String[] words) {
        return CONFIG.run(words, given -> {
            boolean changes = given.optional(3).isPresent() || given.has("--unset");
            boolean both = given.optional(3).isPresent() && given.has("--unset");
            if (both || changes != given.optional(2).isPresent()) {
                return new Sentence("Usage: " + CONFIG.text());
            }
            return configurations.ask(all -> changes
                    ? all.set(given.at(0), given.at(1), given.at(2), given.optional(3))
                    : all.find(given.at(0), given.at(1)));
        });
    }

    /** Rotates the key, or drops older ones. */
    public Object secrets(String[] words) {
        return verbs.run(words);
    }

    private static Sentence begun(Rotation rotation) {
        return new Sentence(
                "Secrets are sealed with the new key %s. %d do not open and must be set anew; the log names them."
                        .formatted(rotation.key(), rotation.lost()));
    }

    private static Sentence told(Rotation rotation) {
        String done = "%d secrets are sealed anew with key %s.".formatted(rotation.sealed(), rotation.key());
        if (rotation.lost() > 0) {
            return new Sentence(
                    done + " %d do not open, so the old keys are kept; the log names them.".formatted(rotation.lost()));
        }
        return new Sentence(
                rotation.older() == 0
                        ? done + " There is no older key."
                        : done
                                + (" Older keys that still open: %d. Copy data/secrets-key to the other nodes; 'secrets drop'"
                                                + " then drops the older keys.")
                                        .formatted(rotation.older()));
    }
}
