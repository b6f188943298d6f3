// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.StartProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Reads from the runtime of declarative services whether the components of a plugin stand, and why not. */
record ComponentStates(PluginId plugin) {
    /** A component, with its configurations; disabled, it has none, whatever it needs. */
    record Component(
            ComponentDescriptionDTO description,
            Collection<ComponentConfigurationDTO> configurations,
            boolean enabled) {
        /** Tells whether it is to stand by itself: a factory makes nothing before it is asked. */
        boolean counts() {
            return description.defaultEnabled && (description.factory == null || !configurations.isEmpty());
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
        List<StartProblem> unsatisfied = new ArrayList<>();
        StringBuilder shape = new StringBuilder();
        components.stream().filter(Component::counts).forEach(component -> {
            if (component.configurations().isEmpty()) {
                unsatisfied.add(
                        component.enabled()
                                ? unconfigured(component.description())
                                : disabled(component.description()));
            }
            component.configurations().forEach(configuration -> {
                shape.append(configuration.id).append(configuration.state).append(' ');
                problem(configuration, failed, unsatisfied);
            });
        });
        return new Reading(
                failed.stream().findFirst(), unsatisfied.stream().findFirst(), shape.toString() + unsatisfied.size());
    }

    private void problem(
            ComponentConfigurationDTO configuration, List<StartProblem> failed, List<StartProblem> unsatisfied) {
        switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION -> failed.add(failed(configuration));
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
                unsatisfied.add(unconfigured(configuration.description));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE -> unsatisfied.add(unsatisfied(configuration));
            default -> {
                // SATISFIED and ACTIVE are what is wanted
            }
        }
    }

    private StartProblem failed(ComponentConfigurationDTO configuration) {
        String failure = configuration.failure == null ? "no reason was given" : cause(configuration.failure);
        return new StartProblem(
                "Component '%s' of plugin '%s' failed to activate: %s"
                        .formatted(configuration.description.name, plugin, failure),
                "Mend the component; the log has the whole trace.");
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

    private StartProblem disabled(ComponentDescriptionDTO description) {
        return new StartProblem(
                "Component '%s' of plugin '%s' is disabled.".formatted(description.name, plugin),
                "Run 'scr:enable %s', or 'restart %s'.".formatted(description.name, plugin));
    }

    private StartProblem unconfigured(ComponentDescriptionDTO description) {
        String pids = description.configurationPid == null ? "" : String.join(", ", description.configurationPid);
        return new StartProblem(
                "Component '%s' of plugin '%s' waits for a configuration '%s', which is not there."
                        .formatted(description.name, plugin, pids),
                "Make the configuration optional, or provide it.");
    }

    private StartProblem unsatisfied(ComponentConfigurationDTO configuration) {
        String missing = Arrays.stream(configuration.unsatisfiedReferences)
                .map(reference -> missing(configuration.description, reference))
                .collect(Collectors.joining(", "));
        return new StartProblem(
                "Component '%s' of plugin '%s' waits for %s, which is not there."
                        .formatted(configuration.description.name, plugin, missing),
                "Provide the service in the plugin, or reference one that Mortise offers.");
    }

    private static String missing(ComponentDescriptionDTO description, UnsatisfiedReferenceDTO unsatisfied) {
        String type = Arrays.stream(description.references)
                .filter(reference -> reference.name.equals(unsatisfied.name))
                .map((ReferenceDTO reference) -> reference.interfaceName)
                .findFirst()
                .orElse("unknown");
        String target = unsatisfied.target == null || unsatisfied.target.isEmpty() ? "" : " " + unsatisfied.target;
        return "service '" + type + "'" + target + " (reference '" + unsatisfied.name + "')";
    }
}
