// SPDX-License-Identifier: Apache-2.0
/** What a jar must be before it is taken: copied to the store, checked, read. */
@NullMarked
package dev.mortise.host.intake;

import org.jspecify.annotations.NullMarked;
