// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.shared;

import org.osgi.annotation.versioning.ProviderType;

/** A watch that was set by {@link SharedNamespace#watch}. Mortise closes what a retired plugin left open. */
@ProviderType
public interface SharedWatch extends AutoCloseable {
    /** Hears no more; a change that is being told may still come to its end. */
    @Override
    void close();
}
