// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.api.error.MortiseException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds a service that comes and goes, so that its commands are there from the start and answer in words. */
final class Slot<T> {
    private final AtomicReference<@Nullable T> held = new AtomicReference<>();
    private final String what;

    /** Makes an empty slot; {@code what} names the service to people. */
    Slot(String what) {
        this.what = what;
    }

    void put(T service) {
        held.set(service);
    }

    /** Empties the slot, unless another service has taken it. */
    void remove(T service) {
        held.compareAndSet(service, null);
    }

    /** Answers the service when it is there. */
    Optional<T> held() {
        return Optional.ofNullable(held.get());
    }

    /** Asks the service; a sentence when there is none, or when it refuses. */
    Object ask(Function<T, Object> question) {
        T service = held.get();
        if (service == null) {
            return new Sentence("There are no " + what + ": Mortise is still starting, or this edition has none.");
        }
        try {
            return question.apply(service);
        } catch (MortiseException refused) {
            return new Sentence(String.valueOf(refused.getMessage()));
        }
    }
}
