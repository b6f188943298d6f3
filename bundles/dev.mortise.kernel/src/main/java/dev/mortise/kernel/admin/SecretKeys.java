// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

/** The keys that secrets are sealed with. Implemented by the security bundle. */
public interface SecretKeys {
    /**
     * Makes a new key and seals everything anew with it. The key of before opens only from then on, and is dropped by a later
     * rotation, so that nothing is lost that another node, or somebody slow, still seals with it. Broken off, by a fault or
     * the end of the container, it is begun again and loses nothing.
     *
     * @throws dev.mortise.api.error.MortiseException SERVICE_UNAVAILABLE while the database can't be reached, INTERNAL when
     *     a key is missing or the file can't be written
     */
    Rotation rotate();

    /**
     * Seals anew what an older key sealed, and drops the older keys at once: every node must have the file with the newest.
     *
     * @throws dev.mortise.api.error.MortiseException as {@link #rotate}
     */
    Rotation drop();

    /**
     * Begins with a new key where the file of keys is lost. What was sealed before stays as it is, and opens again when its key
     * comes back.
     *
     * @throws dev.mortise.api.error.MortiseException CONFLICT when the file has a key of this database, else as {@link #rotate}
     */
    Rotation forget();

    /**
     * What was done.
     *
     * @param key the id of the key that is used now
     * @param sealed how many secrets were sealed anew
     * @param lost how many could not be opened, with any key that is there; they are left as they are, and no key is dropped
     * @param older how many other keys are kept
     */
    record Rotation(String key, int sealed, int lost, int older) {}
}
