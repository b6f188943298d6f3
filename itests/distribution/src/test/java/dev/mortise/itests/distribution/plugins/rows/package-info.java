// SPDX-License-Identifier: Apache-2.0
/** The plugin that the contract suite has at every location: each class shows a part of what a plugin can do. */
@NullMarked
package dev.mortise.itests.distribution.plugins.rows;

import org.jspecify.annotations.NullMarked;
