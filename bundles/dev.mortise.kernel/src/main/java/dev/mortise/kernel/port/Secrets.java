// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;

/**
 * Seals texts, so that the database holds nothing that is worth stealing without a file beside it. Implemented by the
 * security bundle; where that is missing nothing can be sealed or opened.
 */
public interface Secrets {
    /**
     * Seals a text for one place.
     *
     * @return an envelope, which names its key
     * @throws dev.mortise.api.error.MortiseException INTERNAL when the file of keys can't be read or written
     */
    String seal(Owner owner, String text);

    /**
     * Opens an envelope that was sealed for the same place.
     *
     * @throws dev.mortise.api.error.MortiseException INTERNAL when its key is not there, naming the file, or when it was
     *     sealed for another place or changed
     */
    String open(Owner owner, String envelope);

    /** Where a secret belongs; an envelope does not open anywhere else. */
    record Owner(TenantId tenant, PluginId plugin, String field) {}
}
