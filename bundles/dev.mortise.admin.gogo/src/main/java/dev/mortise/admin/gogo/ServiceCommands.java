// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Commands that tell about services and routes. */
@Component(
        service = ServiceCommands.class,
        property = {
            "osgi.command.scope=mortise",
            "osgi.command.function=services",
            "osgi.command.function=service",
            "osgi.command.function=routes"
        })
public final class ServiceCommands {
    private static final Usage ALL = Usage.of("services", "lists all services that plugins offer");
    private static final Usage ONE =
            Usage.of("service <name>", "shows one service, instance by instance, with its endpoints");
    private static final Usage ROUTES = Usage.of("routes", "lists all routes of plugins and of the core");
    static final List<Usage> USAGES = List.of(ALL, ONE, ROUTES);

    private final Slot<Services> services = new Slot<>("services");

    /** Makes the commands; they answer in words until the gateway is there. */
    @Activate
    public ServiceCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindServices(Services service) {
        services.put(service);
    }

    void unbindServices(Services service) {
        services.remove(service);
    }

    /** Answers every service instance. */
    public Object services(String[] words) {
        return ALL.run(words, none -> services.ask(registry -> new ServiceList(registry.list())));
    }

    /** Answers the instances of one service. */
    public Object service(String[] words) {
        return ONE.run(words, given -> services.ask(registry -> offers(registry, given.at(0))));
    }

    /** Answers every route. */
    public Object routes(String[] words) {
        return ROUTES.run(words, none -> services.ask(registry -> new RouteList(registry.routes())));
    }

    private static Object offers(Services registry, String name) {
        List<Services.Instance> instances = new ArrayList<>(registry.discover(name, Optional.empty()));
        Set<String> serving =
                instances.stream().map(Services.Instance::serviceId).collect(Collectors.toSet());
        registry.list().stream()
                .filter(instance -> instance.serviceName().equals(name) && !serving.contains(instance.serviceId()))
                .forEach(instances::add);
        return instances.isEmpty()
                ? new Sentence("No plugin offers a service '" + name + "'. 'services' lists those there are.")
                : new ServiceOffers(instances);
    }
}
