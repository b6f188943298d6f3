// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.runtime.WaitingComponents.Lack;
import dev.mortise.host.runtime.WaitingComponents.Waiting;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.StartProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Reads from the runtime of declarative services whether the components of a plugin stand, and why not. */
record ComponentStates(PluginId plugin, ClassFailures classes) {
    /** A component, with its configurations; disabled, it has none, whatever it needs. */
    record Component(
            ComponentDescriptionDTO description,
            Collection<ComponentConfigurationDTO> configurations,
            boolean enabled) {
        /** Tells whether it is to stand by itself: a factory makes nothing before it is asked. */
        boolean counts() {
            return description.defaultEnabled && (description.factory == null || !configurations.isEmpty());
        }

        boolean stands() {
            return !configurations.isEmpty()
                    && configurations.stream()
                            .allMatch(configuration -> configuration.state == ComponentConfigurationDTO.SATISFIED
                                    || configuration.state == ComponentConfigurationDTO.ACTIVE);
        }
    }

    /**
     * What was read.
     *
     * @param failed components whose activation threw
     * @param unsatisfied components that wait for something
     * @param shape changes when anything of it moves
     */
    record Reading(Optional<StartProblem> failed, Optional<StartProblem> unsatisfied, String shape) {}

    Reading read(List<Component> components) {
        List<StartProblem> failed = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        StringBuilder shape = new StringBuilder();
        List<Component> counted = components.stream().filter(Component::counts).toList();
        counted.forEach(component -> {
            if (component.configurations().isEmpty()) {
                waiting.add(waiting(
                        component.description(),
                        component.enabled()
                                ? unconfigured(component.description())
                                : disabled(component.description())));
            }
            component.configurations().forEach(configuration -> {
                shape.append(configuration.id).append(configuration.state).append(' ');
                judge(configuration, counted, failed, waiting);
            });
        });
        return new Reading(
                failed.stream().findFirst(),
                new WaitingComponents(plugin, waiting).explain(),
                shape.toString() + waiting.size());
    }

    private void judge(
            ComponentConfigurationDTO configuration,
            List<Component> all,
            List<StartProblem> failed,
            List<Waiting> waiting) {
        switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> failed.add(failed(configuration));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                waiting.add(waiting(configuration.description, unconfigured(configuration.description)));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> waiting.add(unsatisfied(configuration, all));
            case ComponentConfigurationDTO.SATISFIED -> {
                // one that is delayed is activated by whoever uses it
                if (configuration.description.immediate) {
                    waiting.add(waiting(configuration.description, inactive(configuration.description)));
                }
            }
            default -> {
                // ACTIVE is what is wanted
            }
        }
    }

    /** The runtime of components only logs an error that is no exception, such as a class that can't be verified. */
    private Lack inactive(ComponentDescriptionDTO description) {
        String failure = classes.of(description.implementationClass)
                .map(words -> ": " + words)
                .orElse("");
        return new Lack(
                "has all that it needs and is not activated" + failure,
                "See the log: class '%s' can't be loaded, verified or initialised. Build it against the packages that it imports."
                        .formatted(description.implementationClass));
    }

    private StartProblem failed(ComponentConfigurationDTO configuration) {
        String failure = configuration.failure == null ? "no reason was given" : cause(configuration.failure);
        return new StartProblem(
                "Component '%s' of plugin '%s' failed to activate: %s"
                        .formatted(configuration.description.name, plugin, failure),
                "Mend component '%s', raise the version and drop the jar; the log has the whole trace."
                        .formatted(configuration.description.name));
    }

    /** The runtime gives a whole stack trace: the innermost cause says what happened. */
    private static String cause(String failure) {
        List<String> causes = failure.lines()
                .filter(line -> line.startsWith("Caused by: "))
                .map(line -> line.substring("Caused by: ".length()))
                .toList();
        String text = causes.isEmpty() ? failure.lines().findFirst().orElse("") : causes.get(causes.size() - 1);
        return text.endsWith(".") ? text : text + ".";
    }

    private static Waiting waiting(ComponentDescriptionDTO description, Lack lack) {
        return new Waiting(description.name, Set.of(), List.of(lack));
    }

    private Lack disabled(ComponentDescriptionDTO description) {
        return new Lack("is disabled", "Run 'scr:enable %s', or 'restart %s'.".formatted(description.name, plugin));
    }

    private static Lack unconfigured(ComponentDescriptionDTO description) {
        String pids = description.configurationPid == null ? "" : String.join(", ", description.configurationPid);
        return new Lack(
                "waits for a configuration '" + pids + "', which is not there",
                "Set configurationPolicy = OPTIONAL at component '" + description.name
                        + "': settings of a plugin are the keys 'config' of its plugin.json.");
    }

    /** What another component of the plugin will offer is no lack: that one lacks something, or they form a circle. */
    private static Waiting unsatisfied(ComponentConfigurationDTO configuration, List<Component> all) {
        Set<String> within = new TreeSet<>();
        List<String> missing = new ArrayList<>();
        for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
            Needed needed = Needed.of(configuration.description, reference);
            List<String> providers = all.stream()
                    .filter(component -> !component.stands() && needed.offeredBy(component.description()))
                    .map(component -> component.description().name)
                    .toList();
            within.addAll(providers);
            if (providers.isEmpty()) {
                missing.add(needed.toString());
            }
        }
        List<Lack> lack = missing.isEmpty()
                ? List.of()
                : List.of(new Lack(
                        "waits for " + String.join(", ", missing) + ", which is not there",
                        "Provide the service in the plugin, make the reference optional, or reference a service that"
                                + " Mortise offers."));
        return new Waiting(configuration.description.name, within, lack);
    }

    /** A service that a reference needs. */
    private record Needed(String type, String target, String reference) {
        static Needed of(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO unsatisfied) {
            String type = Arrays.stream(description.references)
                    .filter(reference -> reference.name.equals(unsatisfied.name))
                    .map((ReferenceDTO reference) -> reference.interfaceName)
                    .findFirst()
                    .orElse("unknown");
            return new Needed(type, unsatisfied.target == null ? "" : unsatisfied.target, unsatisfied.name);
        }

        boolean offeredBy(ComponentDescriptionDTO description) {
            boolean offers = description.serviceInterfaces != null
                    && List.of(description.serviceInterfaces).contains(type);
            return offers && (target.isEmpty() || fits(description));
        }

        private boolean fits(ComponentDescriptionDTO description) {
            try {
                return FrameworkUtil.createFilter(target).matches(description.properties);
            } catch (InvalidSyntaxException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return "service '" + type + "'" + (target.isEmpty() ? "" : " " + target) + " (reference '" + reference
                    + "')";
        }
    }
}
