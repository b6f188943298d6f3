// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.kernel.admin.PluginApis;
import dev.mortise.kernel.port.AccessControl;
import dev.mortise.kernel.port.AuthContributions;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.InstallationStore;
import dev.mortise.kernel.port.MetadataStore;
import dev.mortise.kernel.port.PlacementStore;
import dev.mortise.kernel.port.PluginData;
import dev.mortise.kernel.port.PluginDatabase;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects what other bundles give to plugins and to the host, as it comes and goes; what goes never takes the host down. */
@Component(service = Platform.class)
public final class Platform {
    private static final String NAME = "mortise.platform";

    private final Map<PluginServices, String> suppliers = new ConcurrentHashMap<>();
    private volatile Optional<PluginDatabase> database = Optional.empty();
    private volatile Optional<PluginData> data = Optional.empty();
    private volatile Optional<DeploymentStore> store = Optional.empty();
    private volatile Optional<TenantDirectory> tenants = Optional.empty();
    private volatile Optional<TenantStore> tenantStore = Optional.empty();
    private volatile Optional<InstallationStore> installations = Optional.empty();
    private volatile Optional<PlacementStore> placements = Optional.empty();
    private volatile Optional<AuthContributions> security = Optional.empty();
    private volatile Optional<AccessControl> access = Optional.empty();
    private volatile Optional<PluginApis> apis = Optional.empty();
    private volatile Optional<MetadataStore> metadata = Optional.empty();
    private volatile Listener listener = Listener.NOBODY;
    private volatile InstallationStore.Listener decisions = InstallationStore.Listener.NOBODY;
    private volatile TenantDirectory.Listener leaving = TenantDirectory.Listener.NOBODY;

    private final Workforce workforce;

    /** Makes a platform without anything. */
    @Activate
    public Platform(@Reference Workforce workforce) {
        this.workforce = workforce;
    }

    /** Answers what plugins in processes need. */
    Workforce workforce() {
        return workforce;
    }

    /** Hears of changes, on whatever thread makes them: must return at once. */
    interface Listener {
        Listener NOBODY = new Listener() {};

        default void supplierCame(PluginServices supplier) {}

        default void supplierWent(PluginServices supplier) {}

        default void changed() {}

        default void securityCame() {}
    }

    void listen(Listener newListener) {
        listener = newListener;
    }

    /** Lets somebody hear what other nodes decide, and which tenants go. */
    void hear(InstallationStore.Listener ofDecisions, TenantDirectory.Listener ofTenants) {
        decisions = ofDecisions;
        leaving = ofTenants;
        installations.ifPresent(present -> present.listen(ofDecisions));
        tenants.ifPresent(present -> present.listen(ofTenants));
    }

    /** Answers which of these names nobody has brought yet. */
    Set<String> missing(Collection<String> names) {
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(suppliers.values());
        if (names.contains("data") && !dataIsThere()) {
            missing.add("data");
        }
        if (security.isPresent() && access.isPresent()) {
            missing.remove("security");
        }
        return missing;
    }

    private boolean dataIsThere() {
        return database.isPresent()
                && tenants.isPresent()
                && store.isPresent()
                && installations.isPresent()
                && placements.isPresent();
    }

    List<PluginServices> suppliers() {
        return List.copyOf(suppliers.keySet());
    }

    Optional<PluginDatabase> database() {
        return database;
    }

    Optional<PluginData> data() {
        return data;
    }

    Optional<DeploymentStore> store() {
        return store;
    }

    Optional<TenantDirectory> tenants() {
        return tenants;
    }

    Optional<TenantStore> tenantStore() {
        return tenantStore;
    }

    Optional<InstallationStore> installations() {
        return installations;
    }

    Optional<PlacementStore> placements() {
        return placements;
    }

    Optional<AuthContributions> security() {
        return security;
    }

    Optional<PluginApis> apis() {
        return apis;
    }

    Optional<MetadataStore> metadata() {
        return metadata;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSupplier(PluginServices supplier, Map<String, ?> properties) {
        suppliers.put(supplier, Objects.toString(properties.get(NAME), "unnamed"));
        listener.supplierCame(supplier);
        listener.changed();
    }

    void unbindSupplier(PluginServices supplier) {
        suppliers.remove(supplier);
        listener.supplierWent(supplier);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindDatabase(PluginDatabase service) {
        database = Optional.of(service);
        listener.changed();
    }

    void unbindDatabase(PluginDatabase service) {
        database = database.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindData(PluginData service) {
        data = Optional.of(service);
    }

    void unbindData(PluginData service) {
        data = data.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindStore(DeploymentStore service) {
        store = Optional.of(service);
        listener.changed();
    }

    void unbindStore(DeploymentStore service) {
        store = store.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindTenants(TenantDirectory service) {
        tenants = Optional.of(service);
        service.listen(leaving);
        listener.changed();
    }

    void unbindTenants(TenantDirectory service) {
        service.listen(TenantDirectory.Listener.NOBODY);
        tenants = tenants.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindTenantStore(TenantStore service) {
        tenantStore = Optional.of(service);
    }

    void unbindTenantStore(TenantStore service) {
        tenantStore = tenantStore.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindInstallations(InstallationStore service) {
        installations = Optional.of(service);
        service.listen(decisions);
        listener.changed();
    }

    void unbindInstallations(InstallationStore service) {
        service.listen(InstallationStore.Listener.NOBODY);
        installations = installations.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindPlacements(PlacementStore service) {
        placements = Optional.of(service);
        listener.changed();
    }

    void unbindPlacements(PlacementStore service) {
        placements = placements.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindSecurity(AuthContributions service) {
        security = Optional.of(service);
        listener.securityCame();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindAccess(AccessControl service) {
        access = Optional.of(service);
        listener.changed();
    }

    void unbindAccess(AccessControl service) {
        access = access.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindApis(PluginApis service) {
        apis = Optional.of(service);
    }

    void unbindApis(PluginApis service) {
        apis = apis.filter(present -> present != service);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindMetadata(MetadataStore service) {
        metadata = Optional.of(service);
    }

    void unbindMetadata(MetadataStore service) {
        metadata = metadata.filter(present -> present != service);
    }

    void unbindSecurity(AuthContributions service) {
        security = security.filter(present -> present != service);
    }
}
