// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Installations.Installation;
import java.util.List;

/** How plugins stand for a tenant. */
public record InstallationList(List<Installation> installations) {
    static InstallationList of(Installation one) {
        return new InstallationList(List.of(one));
    }
}
