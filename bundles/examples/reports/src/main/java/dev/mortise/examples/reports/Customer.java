// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

/** What this plugin reads of a contact of {@code crm.contacts}. */
record Customer(String id, String name) {}
