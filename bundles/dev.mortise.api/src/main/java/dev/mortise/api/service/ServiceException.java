// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.service;

import dev.mortise.api.error.MortiseException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to a service was refused by the gateway, or answered with a status of 400 or above, or with what does not fit.
 *
 * <p>A handler that does not catch it is not answerable for its client's request: what the provider said to the plugin was
 * not said to the client. So the client gets 503 with {@code Retry-After} when the service is not there or has too much to
 * do, 504 or 508 when the time is over or the call runs in a loop, 403 when the gateway says that the user lacks a
 * permission, 500 when the plugin asked for what it did not declare, and 502 SERVICE_FAILED for every other answer. A plugin
 * whose client shall see the refusal as its own throws {@link #asOwn}:
 *
 * <pre>{@code
 * try {
 *     stock.reserve(order);
 * } catch (ServiceException refused) {
 *     throw refused.status() == 409 ? refused.asOwn() : refused;
 * }
 * }</pre>
 */
public final class ServiceException extends MortiseException {
    private static final long serialVersionUID = 2L;

    private final String service;
    private final int status;
    private final boolean answered;
    private final @Nullable Duration retryAfter;

    private ServiceException(
            String service, int status, boolean answered, MortiseException problem, Optional<Duration> retryAfter) {
        super(problem.code(), String.valueOf(problem.getMessage()), problem.members());
        this.service = service;
        this.status = status;
        this.answered = answered;
        this.retryAfter = retryAfter.orElse(null);
    }

    /**
     * Makes the exception of a call that the gateway refused; its status is the code's.
     *
     * @param problem code, message and members
     */
    public static ServiceException refused(String service, MortiseException problem, Optional<Duration> retryAfter) {
        return new ServiceException(service, problem.code().status(), false, problem, retryAfter);
    }

    /**
     * Makes the exception of a call that was answered.
     *
     * @param status of the answer, which may be one that no code has
     * @param problem what the answer says of itself: code, message and members
     */
    public static ServiceException answered(
            String service, int status, MortiseException problem, Optional<Duration> retryAfter) {
        return new ServiceException(service, status, true, problem, retryAfter);
    }

    /** Answers the name of the service that was called. */
    public String service() {
        return service;
    }

    /** Answers the HTTP status; one that has no code of its own is kept here, 418 for example. */
    public int status() {
        return status;
    }

    /** Tells whether this is what the provider answered; otherwise the gateway refused the call, or nobody was there. */
    public boolean answered() {
        return answered;
    }

    /** Answers after which time the call may be tried again, if that was said. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Answers the same refusal, code, message and members, as one that the calling plugin makes itself. */
    public MortiseException asOwn() {
        return new MortiseException(code(), String.valueOf(getMessage()), members());
    }
}
