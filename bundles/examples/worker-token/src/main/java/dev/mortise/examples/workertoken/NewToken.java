// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a new token is to be, checked. */
record NewToken(String name, List<String> permissions, Optional<Instant> expiresAt, String createdBy) {}
