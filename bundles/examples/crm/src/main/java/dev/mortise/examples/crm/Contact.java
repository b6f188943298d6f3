// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.crm;

import java.util.Optional;
import java.util.UUID;

/** A person that the tenant knows. */
record Contact(UUID id, String name, Optional<String> email) {}
