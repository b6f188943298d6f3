// SPDX-License-Identifier: Apache-2.0
/** The HTTP surface of the admin interfaces. */
@org.jspecify.annotations.NullMarked
package dev.mortise.admin.rest;
