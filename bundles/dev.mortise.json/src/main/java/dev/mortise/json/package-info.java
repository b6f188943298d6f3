// SPDX-License-Identifier: Apache-2.0
/** The plugin.json format, its schema, and JSON mapping behind a kernel port. */
@org.jspecify.annotations.NullMarked
package dev.mortise.json;
