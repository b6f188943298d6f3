// SPDX-License-Identifier: Apache-2.0
/** Who calls, for which tenant, until when: the context that travels with every call. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.api.call;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
