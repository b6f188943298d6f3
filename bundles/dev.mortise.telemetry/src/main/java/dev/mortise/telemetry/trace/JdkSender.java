// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.trace;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.sender.jdk.internal.JdkHttpSenderProvider;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.List;

/**
 * Gives OpenTelemetry the JDK's HTTP client. It would look for one with ServiceLoader, which finds nothing inside a bundle
 * whose libraries are embedded.
 */
final class JdkSender implements ComponentLoader {
    @Override
    public <T> Iterable<T> load(Class<T> type) {
        return type == HttpSenderProvider.class ? List.of(type.cast(new JdkHttpSenderProvider())) : List.of();
    }
}
