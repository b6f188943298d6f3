// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Health;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code health}. */
@Component(
        service = HealthCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=health"})
public final class HealthCommands {
    private static final Usage HEALTH = Usage.of("health", "shows how the container stands");
    static final List<Usage> USAGES = List.of(HEALTH);

    private final Slot<Health> health = new Slot<>("figures on health");

    /** Makes the command; it answers in words until the host is there. */
    @Activate
    public HealthCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindHealth(Health service) {
        health.put(service);
    }

    void unbindHealth(Health service) {
        health.remove(service);
    }

    /** Answers how the container stands. */
    public Object health(String[] words) {
        return HEALTH.run(words, none -> health.ask(Health::report));
    }
}
