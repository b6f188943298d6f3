// SPDX-License-Identifier: Apache-2.0
/** Reads the OpenAPI documents of plugins. */
@org.jspecify.annotations.NullMarked
package dev.mortise.json.openapi;
