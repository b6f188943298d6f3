// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.util.Set;

/**
 * The names of the keys that secrets of this database were sealed with, never the keys: by them a file of keys that belongs
 * to another database is noticed. Implemented by the data bundle.
 */
public interface SecretKeyNames {
    /**
     * Reads them from the database; none before the first secret.
     *
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE when the database does not answer
     */
    Set<String> known();

    /**
     * Keeps one more, before anything is sealed with its key.
     *
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE when the database does not answer
     */
    void remember(String name);

    /**
     * Keeps them no longer: their keys are lost.
     *
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE when the database does not answer
     */
    void forget(Set<String> names);
}
