// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.call;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The context of one call: bound for the time of a handler or hook to its thread, and to threads of {@link
 * PluginExecutor} that run work it submitted. Mortise makes it; plugins read it.
 */
@ProviderType
public interface CallContext {
    /** Answers the tenant, or nothing while a plugin initializes or authenticates. */
    Optional<TenantId> tenant();

    /** Answers the principal on whose behalf the call runs. */
    Identity identity();

    /** Answers the id of the plugin that makes this call, or nothing when a client does. */
    Optional<String> caller();

    /** Answers the id that logs, traces and problems of this call share. */
    String requestId();

    /** Answers the W3C traceparent of this call, when there is one. */
    Optional<String> traceparent();

    /** Answers the time that is left, never negative. */
    Duration remaining();

    /** Answers how many plugin-to-plugin hops lie behind this call: 0 for a call of a client. */
    int hop();

    /** Carries this context to another thread: the task sees it until its deadline. */
    Runnable wrap(Runnable task);

    /** Carries this context to another thread: the task sees it until its deadline. */
    <T> Callable<T> wrap(Callable<T> task);
}
