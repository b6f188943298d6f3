// SPDX-License-Identifier: Apache-2.0
/** Where calls may go. */
@org.jspecify.annotations.NullMarked
package dev.mortise.process.address;
