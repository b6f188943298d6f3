// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The entries of a plugin's own jar; what lies in libraries within it is not seen. */
@FunctionalInterface
public interface PluginFiles {
    /** Opens an entry, if there is such; the caller closes it. */
    Optional<InputStream> open(String name) throws IOException;
}
