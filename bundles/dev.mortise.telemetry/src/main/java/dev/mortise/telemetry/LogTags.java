// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import dev.mortise.api.call.CallContext;
import dev.mortise.kernel.call.BoundContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Tags what is logged with plugin, tenant and request, for the time of one line. */
final class LogTags {
    private static final String PLUGIN = "plugin";
    private static final String TENANT = "tenant";
    private static final String REQUEST = "requestId";

    private LogTags() {}

    /** Runs the task with the tags of the owner and of the call that this thread runs. */
    static void with(LogOwner owner, Runnable task) {
        Optional<CallContext> call = BoundContext.find();
        String tenant = call.flatMap(CallContext::tenant).map(Object::toString).orElse(null);
        String request = call.map(CallContext::requestId).orElse(null);
        with(PLUGIN, owner.plugin().orElse(null), () -> with(TENANT, tenant, () -> with(REQUEST, request, task)));
    }

    /** What the thread carries already, such as the tag of a plugin that calls this one, is back afterwards. */
    private static void with(String tag, @Nullable String value, Runnable task) {
        if (value == null) {
            task.run();
            return;
        }
        String before = MDC.get(tag);
        MDC.put(tag, value);
        try {
            task.run();
        } finally {
            restore(tag, before);
        }
    }

    private static void restore(String tag, @Nullable String value) {
        if (value == null) {
            MDC.remove(tag);
        } else {
            MDC.put(tag, value);
        }
    }
}
