// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.call;

/** What kind of principal stands behind an identity. */
public enum PrincipalKind {
    USER,
    WORKER,
    SERVICE,
    ANONYMOUS
}
