// SPDX-License-Identifier: Apache-2.0
/** One plugin version as a bundle: threads, start, readiness, retirement. */
@NullMarked
package dev.mortise.host.runtime;

import org.jspecify.annotations.NullMarked;
