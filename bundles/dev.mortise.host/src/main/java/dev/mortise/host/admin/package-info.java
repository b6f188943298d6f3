// SPDX-License-Identifier: Apache-2.0
/** Plugins and health as operators ask for them, answered from a snapshot. */
@NullMarked
package dev.mortise.host.admin;

import org.jspecify.annotations.NullMarked;
