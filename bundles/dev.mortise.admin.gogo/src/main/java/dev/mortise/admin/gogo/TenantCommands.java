// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.port.TenantDirectory;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code tenants}. */
@Component(
        service = TenantCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=tenants"})
public final class TenantCommands {
    private static final Usage ALL = Usage.of("tenants", "lists all tenants");
    static final List<Usage> USAGES = List.of(ALL);

    private final Slot<TenantDirectory> tenants = new Slot<>("tenants");

    /** Makes the command; it answers in words until the database is there. */
    @Activate
    public TenantCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTenants(TenantDirectory service) {
        tenants.put(service);
    }

    void unbindTenants(TenantDirectory service) {
        tenants.remove(service);
    }

    /** Answers all tenants. */
    public Object tenants(String[] words) {
        return ALL.run(words, none -> tenants.ask(directory -> new TenantList(directory.all())));
    }
}
