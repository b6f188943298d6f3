// SPDX-License-Identifier: Apache-2.0
/** Contacts, an optional source of the reports. */
@org.jspecify.annotations.NullMarked
package dev.mortise.examples.crm;
