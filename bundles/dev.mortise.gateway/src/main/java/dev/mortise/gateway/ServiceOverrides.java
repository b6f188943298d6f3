// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.gateway.guard.OverrideList;
import dev.mortise.gateway.guard.Overrides;
import dev.mortise.kernel.port.HealthSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what the operator sets in place of what services announce, for the next call. An entry that can't be read is told in
 * the log and for as long as it stands in the health; all others count.
 */
@Component(
        immediate = true,
        service = {ServiceOverrides.class, HealthSource.class},
        configurationPid = GatewayConfig.PID)
public final class ServiceOverrides implements Supplier<Overrides>, HealthSource {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceOverrides.class);
    private static final String RATES = "rate.services.per.second";
    private static final String LIVES = "cache.services.seconds";

    private volatile Held held = new Held(Overrides.NONE, "", "", List.of());

    /** The keys that set them. */
    public @interface Config {
        String rate_services_per_second() default "";

        String cache_services_seconds() default "";
    }

    private record Held(Overrides overrides, String rates, String lives, List<String> faults) {}

    /** Made by DS. */
    @Activate
    public ServiceOverrides(Config config) {
        modified(config);
    }

    /** Takes others. What is not about them changes nothing, and is told no second time. */
    @Modified
    void modified(Config config) {
        String rates = config.rate_services_per_second();
        String lives = config.cache_services_seconds();
        if (rates.equals(held.rates) && lives.equals(held.lives)) {
            return;
        }
        OverrideList perSecond = OverrideList.read(RATES, rates);
        OverrideList seconds = OverrideList.read(LIVES, lives);
        List<String> faults = Stream.of(perSecond, seconds)
                .flatMap(list -> list.faults().stream())
                .toList();
        held = new Held(new Overrides(perSecond.values(), seconds.values()), rates, lives, faults);
        faults.forEach(LOG::error);
    }

    @Override
    public Overrides get() {
        return held.overrides;
    }

    @Override
    public Line check() {
        List<String> faults = held.faults;
        return new Line("service limits", faults.isEmpty() ? Status.UP : Status.DEGRADED, String.join(" ", faults));
    }
}
