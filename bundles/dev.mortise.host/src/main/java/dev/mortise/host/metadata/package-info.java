// SPDX-License-Identifier: Apache-2.0
/** What plugins say of themselves: read when they run, and kept for when they don't. */
@NullMarked
package dev.mortise.host.metadata;

import org.jspecify.annotations.NullMarked;
