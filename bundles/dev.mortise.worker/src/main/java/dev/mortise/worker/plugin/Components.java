// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Looks at the declarative services of the plugin until all of them can work, or it is clear what they lack. */
final class Components {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Bundle bundle;
    private final ServiceComponentRuntime runtime;

    Components(BundleContext context, Bundle bundle) {
        this.bundle = bundle;
        this.runtime = Optional.ofNullable(context.getServiceReference(ServiceComponentRuntime.class))
                .map(context::getService)
                .orElseThrow(() -> new IllegalStateException("Declarative services did not start."));
    }

    /** Waits until every component that is enabled can work; answers what stands against it. */
    Optional<String> objection() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<String> objection = look();
        while (objection.isPresent() && System.nanoTime() < end) {
            Thread.sleep(LOOK.toMillis());
            objection = look();
        }
        return objection;
    }

    private Optional<String> look() {
        return runtime.getComponentDescriptionDTOs(bundle).stream()
                .filter(component -> component.defaultEnabled)
                .flatMap(component -> lacking(component).stream())
                .findFirst();
    }

    private Optional<String> lacking(ComponentDescriptionDTO component) {
        return runtime.getComponentConfigurationDTOs(component).stream()
                .flatMap(configuration -> lacking(component, configuration).stream())
                .findFirst();
    }

    private static Optional<String> lacking(
            ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        return switch (configuration.state) {
            case ComponentConfigurationDTO.FAILED_ACTIVATION ->
                Optional.of("Component %s did not activate: %s"
                        .formatted(component.name, firstLine(configuration.failure)));
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Optional.of(sentence(component.name, missing(component, configuration)));
            default -> Optional.empty();
        };
    }

    private static String sentence(String component, String missing) {
        return missing.contains("javax.sql.DataSource")
                ? "Component %s needs a DataSource. A plugin has one in the container and in its workers, not where it announces itself."
                        .formatted(component)
                : "Component %s lacks %s.".formatted(component, missing);
    }

    private static String missing(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
        List<String> names = Arrays.stream(configuration.unsatisfiedReferences)
                .map((UnsatisfiedReferenceDTO lacking) -> lacking.name)
                .toList();
        return Stream.of(component.references)
                .filter(reference -> names.contains(reference.name))
                .map(reference -> reference.interfaceName)
                .collect(Collectors.joining(", "));
    }

    private static String firstLine(String failure) {
        return failure == null ? "it failed" : failure.lines().findFirst().orElse("it failed");
    }
}
