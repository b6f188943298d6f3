// SPDX-License-Identifier: Apache-2.0
/** A report over the products of the inventory. */
@org.jspecify.annotations.NullMarked
package dev.mortise.examples.reports;
