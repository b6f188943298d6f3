// SPDX-License-Identifier: Apache-2.0
/** A report over the products of the inventory. */
@NullMarked
package dev.mortise.examples.reports;

import org.jspecify.annotations.NullMarked;
