// SPDX-License-Identifier: Apache-2.0
/** Knows the services, writes the routing snapshot, carries calls. */
@org.jspecify.annotations.NullMarked
package dev.mortise.gateway;
