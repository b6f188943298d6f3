// SPDX-License-Identifier: Apache-2.0
/** The classes of which the tests make plugins; each plugin takes those that it needs. */
@NullMarked
package dev.mortise.itests.container.plugins;

import org.jspecify.annotations.NullMarked;
