// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;

/**
 * Arguments of a log call, parted as {@link org.osgi.service.log.Logger} says: a throwable and a service reference, one
 * each, at the end belong to the entry and fill no place of the message.
 */
record LogArguments(
        List<@Nullable Object> message, Optional<Throwable> failure, Optional<ServiceReference<?>> service) {
    static LogArguments of(@Nullable Object... all) {
        int end = all.length;
        Throwable failure = null;
        ServiceReference<?> service = null;
        while (end > 0) {
            Object last = all[end - 1];
            if (failure == null && last instanceof Throwable thrown) {
                failure = thrown;
            } else if (service == null && last instanceof ServiceReference<?> reference) {
                service = reference;
            } else {
                break;
            }
            end--;
        }
        List<@Nullable Object> message = Arrays.asList(all).subList(0, end);
        return new LogArguments(message, Optional.ofNullable(failure), Optional.ofNullable(service));
    }
}
