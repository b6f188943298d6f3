// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

/** The keys that secrets are sealed with. Implemented by the security bundle. */
public interface SecretKeys {
    /**
     * Makes a new key, seals everything anew with it and drops the older keys. Broken off, by a fault or the end of the
     * container, it is begun again and loses nothing: both keys are kept until all is done.
     *
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE while the database can't be reached, INTERNAL when
     *     a key is missing or the file can't be written
     */
    Rotation rotate();

    /**
     * What was done.
     *
     * @param key the id of the key that is used now
     * @param sealed how many secrets were sealed anew
     * @param lost how many could not be opened, with any key that is there; they are left as they are
     */
    record Rotation(String key, int sealed, int lost) {}
}
