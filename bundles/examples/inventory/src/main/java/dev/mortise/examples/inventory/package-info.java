// SPDX-License-Identifier: Apache-2.0
/** Products in PostgreSQL, offered to other plugins. */
@org.jspecify.annotations.NullMarked
package dev.mortise.examples.inventory;
