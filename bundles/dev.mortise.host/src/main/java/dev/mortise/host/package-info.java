// SPDX-License-Identifier: Apache-2.0
/** Tracks what plugins register, plans and applies deployments, watches the plugins folder. */
@org.jspecify.annotations.NullMarked
package dev.mortise.host;
