// SPDX-License-Identifier: Apache-2.0
/** Products in PostgreSQL, offered to other plugins. */
@NullMarked
package dev.mortise.examples.inventory;

import org.jspecify.annotations.NullMarked;
