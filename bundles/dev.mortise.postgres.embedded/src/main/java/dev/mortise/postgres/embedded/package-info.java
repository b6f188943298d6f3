// SPDX-License-Identifier: Apache-2.0
/** A real PostgreSQL server on this machine, started and stopped with the container. */
@org.jspecify.annotations.NullMarked
package dev.mortise.postgres.embedded;
