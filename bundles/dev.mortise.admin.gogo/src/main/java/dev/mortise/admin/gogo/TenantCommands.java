// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Tenants;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The commands {@code tenants} and {@code tenant}. */
@Component(
        service = TenantCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=tenants", "osgi.command.function=tenant"})
public final class TenantCommands {
    private static final Usage ALL = Usage.of("tenants", "lists all tenants");
    private static final Usage ADD = Usage.of("tenant add <slug> [<name>]", "makes a tenant");
    private static final Usage SUSPEND =
            Usage.of("tenant suspend <slug>", "refuses the tenant's calls, keeps its data");
    private static final Usage ACTIVATE = Usage.of("tenant activate <slug>", "serves a suspended tenant again");
    private static final Usage DELETE =
            Usage.of("tenant delete <slug> [--confirm <slug>]", "deletes a tenant with its data; says first what goes");
    static final List<Usage> USAGES = List.of(ALL, ADD, SUSPEND, ACTIVATE, DELETE);

    private final Slot<Tenants> tenants = new Slot<>("tenants");
    private final Verbs verbs = new Verbs()
            .with(ADD, given -> tenants.ask(all -> said(all.create(given.at(0), given.optional(1)))))
            .with(SUSPEND, given -> turned(given.at(0), Tenants::suspend))
            .with(ACTIVATE, given -> turned(given.at(0), Tenants::activate))
            .with(DELETE, given -> tenants.ask(all -> said(all.delete(given.at(0), given.option("--confirm")))));

    /** Makes the commands; they answer in words until the host is there. */
    @Activate
    public TenantCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTenants(Tenants service) {
        tenants.put(service);
    }

    void unbindTenants(Tenants service) {
        tenants.remove(service);
    }

    /** Answers all tenants. */
    public Object tenants(String[] words) {
        return ALL.run(words, none -> tenants.ask(all -> new TenantList(all.list())));
    }

    /** Makes, suspends, activates or deletes a tenant. */
    public Object tenant(String[] words) {
        return verbs.run(words);
    }

    private Object turned(String slug, BiFunction<Tenants, String, Tenant> order) {
        return tenants.ask(all -> said(order.apply(all, slug)));
    }

    private static Sentence said(Tenant tenant) {
        return new Sentence(
                "Tenant '" + tenant.slug() + "' is " + tenant.state().name().toLowerCase(Locale.ROOT) + ".");
    }
}
