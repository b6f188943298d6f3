// SPDX-License-Identifier: Apache-2.0
/** Describes the routes of a plugin in the words of OpenAPI. */
@org.jspecify.annotations.NullMarked
package dev.mortise.gateway.openapi;
