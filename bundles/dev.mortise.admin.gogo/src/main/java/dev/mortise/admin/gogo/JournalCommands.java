// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Deployments;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code deployments}. */
@Component(
        service = JournalCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=deployments"})
public final class JournalCommands {
    private static final Usage DEPLOYMENTS =
            Usage.of("deployments [<id>]", "lists the newest changes to the set of plugins, or shows one in full");
    static final List<Usage> USAGES = List.of(DEPLOYMENTS);

    private static final int NEWEST = 50;

    private final Slot<Deployments> deployments = new Slot<>("deployments");

    /** Makes the command; it answers in words until the host is there. */
    @Activate
    public JournalCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDeployments(Deployments service) {
        deployments.put(service);
    }

    void unbindDeployments(Deployments service) {
        deployments.remove(service);
    }

    /** Answers the newest deployments, or one. */
    public Object deployments(String[] words) {
        return DEPLOYMENTS.run(
                words,
                given -> deployments.ask(all -> given.optional(0)
                        .map(id -> one(all, id))
                        .orElseGet(() -> new DeploymentList(all.newest(NEWEST)))));
    }

    private static Object one(Deployments deployments, String id) {
        return deployments
                .find(id)
                .map(Object.class::cast)
                .orElseGet(() -> new Sentence("There is no deployment '" + id + "'. 'deployments' lists the newest."));
    }
}
