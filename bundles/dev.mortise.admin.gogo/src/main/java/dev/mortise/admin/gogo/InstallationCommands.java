// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Installations;
import dev.mortise.kernel.admin.Installations.Installation;
import java.util.List;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The commands {@code installations}, {@code installation start|stop|restart}, {@code enable} and {@code disable}. */
@Component(
        service = InstallationCommands.class,
        property = {
            "osgi.command.scope=mortise",
            "osgi.command.function=installations",
            "osgi.command.function=installation",
            "osgi.command.function=enable",
            "osgi.command.function=disable"
        })
public final class InstallationCommands {
    private static final Usage ALL =
            Usage.of("installations <tenant> [<plugin>]", "tells how plugins stand for a tenant");
    private static final Usage ENABLE = Usage.of(
            "enable <tenant> <plugin> [--providers]", "enables a plugin for a tenant, with what it requires if asked");
    private static final Usage DISABLE = Usage.of(
            "disable <tenant> <plugin> [--force]",
            "disables a plugin for a tenant; others that require it take no calls");
    private static final Usage START =
            Usage.of("installation start <tenant> <plugin>", "lets a stopped plugin take calls of a tenant again");
    private static final Usage STOP = Usage.of(
            "installation stop <tenant> <plugin>", "lets a plugin take no calls of a tenant until it is started");
    private static final Usage RESTART = Usage.of(
            "installation restart <tenant> <plugin>",
            "stops a plugin for a tenant and starts it; leaves the state error");
    static final List<Usage> USAGES = List.of(ALL, ENABLE, DISABLE, START, STOP, RESTART);

    private final Slot<Installations> installations = new Slot<>("installations");
    private final Verbs verbs = new Verbs()
            .with(START, given -> change(all -> all.start(given.at(0), given.at(1))))
            .with(STOP, given -> change(all -> all.stop(given.at(0), given.at(1))))
            .with(RESTART, given -> change(all -> all.restart(given.at(0), given.at(1))));

    /** Makes the commands; they answer in words until the host is there. */
    @Activate
    public InstallationCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindInstallations(Installations service) {
        installations.put(service);
    }

    void unbindInstallations(Installations service) {
        installations.remove(service);
    }

    /** Answers how all plugins, or one, stand for a tenant. */
    public Object installations(String[] words) {
        return ALL.run(
                words,
                given -> installations.ask(all -> new InstallationList(given.optional(1)
                        .map(plugin -> List.of(all.find(given.at(0), plugin)))
                        .orElseGet(() -> all.list(given.at(0))))));
    }

    /** Starts, stops or restarts a plugin for a tenant. */
    public Object installation(String[] words) {
        return verbs.run(words);
    }

    /** Enables a plugin for a tenant. */
    public Object enable(String[] words) {
        return ENABLE.run(
                words, given -> change(all -> all.enable(given.at(0), given.at(1), given.has("--providers"))));
    }

    /** Disables a plugin for a tenant. */
    public Object disable(String[] words) {
        return DISABLE.run(words, given -> change(all -> all.disable(given.at(0), given.at(1), given.has("--force"))));
    }

    private Object change(Function<Installations, Installation> order) {
        return installations.ask(all -> InstallationList.of(order.apply(all)));
    }
}
