// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.Orders;
import dev.mortise.host.admin.RecentDeployments;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.tenancy.Policy;
import dev.mortise.host.tenancy.Tenancy;
import dev.mortise.kernel.port.InstallationStore;
import dev.mortise.kernel.port.Meters;
import dev.mortise.kernel.port.TenantDirectory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What those who ask see of the host, from the first moment on; the host writes it, nobody waits for anybody. */
@Component(service = HostState.class, configurationPid = "dev.mortise.host")
public final class HostState {
    private volatile HostSnapshot snapshot = HostSnapshot.EMPTY;
    private volatile Optional<Orders> orders = Optional.empty();
    private volatile Optional<Long> begun = Optional.empty();
    private volatile boolean stopping;
    private volatile Runnable listener = () -> {};

    private final RecentDeployments deployments;
    private final ExecutorService background = Threads.one("mortise-tenancy");
    private final Tenancy tenancy;
    private final Platform platform;

    /** Makes a state in which nothing is known. */
    @Activate
    public HostState(HostConfig config, @Reference Platform platform) {
        this.deployments = new RecentDeployments(platform::store);
        this.tenancy = new Tenancy(
                new Tenancy.Sources(this::snapshot, platform::installations, platform::tenants),
                Policy.of(config.installations_policy()),
                Duration.ofSeconds(config.tenant$_$start_deadline$_$s()),
                background);
        this.platform = platform;
        platform.hear(tenancy::decidedElsewhere, tenancy::leave);
    }

    /** Ends what is kept in the background. */
    @Deactivate
    void deactivate() {
        platform.hear(InstallationStore.Listener.NOBODY, TenantDirectory.Listener.NOBODY);
        background.shutdownNow();
        tenancy.figures().close();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMeters(Meters service) {
        tenancy.figures().use(service);
    }

    void unbindMeters(Meters service) {
        tenancy.figures().leave(service);
    }

    Tenancy tenancy() {
        return tenancy;
    }

    RecentDeployments deployments() {
        return deployments;
    }

    HostSnapshot snapshot() {
        return snapshot;
    }

    void show(HostSnapshot now) {
        snapshot = now;
        listener.run();
    }

    /** Lets somebody hear of every new snapshot, on the sequencer: must return at once. */
    void listen(Runnable newListener) {
        listener = newListener;
    }

    /** Answers who takes orders; nobody before the host has begun. */
    Optional<Orders> orders() {
        return orders;
    }

    /** Answers for how long the first plan has been applied. */
    Optional<Duration> running() {
        return begun.map(then -> Duration.ofNanos(System.nanoTime() - then));
    }

    void begin(Orders taker) {
        orders = Optional.of(taker);
        begun = Optional.of(System.nanoTime());
        stopping = false;
    }

    boolean stopping() {
        return stopping;
    }

    void stop() {
        stopping = true;
        orders = Optional.empty();
    }
}
