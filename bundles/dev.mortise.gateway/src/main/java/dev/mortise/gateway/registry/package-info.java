// SPDX-License-Identifier: Apache-2.0
/** The leases of service instances that run in other processes: who holds a place, and whether he is alive. */
@org.jspecify.annotations.NullMarked
package dev.mortise.gateway.registry;
