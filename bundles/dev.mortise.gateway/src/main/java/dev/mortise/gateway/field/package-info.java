// SPDX-License-Identifier: Apache-2.0
/** Fields of HTTP that several places read: dates, and what may be kept. */
@org.jspecify.annotations.NullMarked
package dev.mortise.gateway.field;
