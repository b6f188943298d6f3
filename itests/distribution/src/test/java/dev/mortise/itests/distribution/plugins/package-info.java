// SPDX-License-Identifier: Apache-2.0
/** Code of plugins that tests make jars of. */
@NullMarked
package dev.mortise.itests.distribution.plugins;

import org.jspecify.annotations.NullMarked;
