// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.trace;

import dev.mortise.kernel.port.Tracing;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers {@link Tracing} where traces are switched on. Elsewhere no class of OpenTelemetry is loaded, and the gateway
 * finds no service to ask.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = TracesConfig.PID)
public final class TracesComponent {
    private static final Logger LOG = LoggerFactory.getLogger(TracesComponent.class);

    private final @Nullable Offered offered;

    private record Offered(OtlpTracing tracing, ServiceRegistration<Tracing> registration) {}

    /** Made by DS. */
    @Activate
    public TracesComponent(BundleContext context, TracesConfig config) {
        offered = config.traces().equals("otlp") ? offer(context, config) : null;
    }

    @Deactivate
    void close() {
        if (offered != null) {
            offered.registration.unregister();
            offered.tracing.close();
        }
    }

    private static Offered offer(BundleContext context, TracesConfig config) {
        OtlpTracing tracing = OtlpTracing.of(config);
        LOG.info("Traces of {} % of the calls go to {}", config.traces_percent(), config.traces_endpoint());
        return new Offered(tracing, context.registerService(Tracing.class, tracing, null));
    }
}
