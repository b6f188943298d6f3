// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.admin.Registry.Claim;
import dev.mortise.kernel.admin.Registry.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Finds the lease that a claim speaks of, and judges whether the claimer holds it. */
final class Claims {
    private Claims() {}

    /** What looking came to. */
    sealed interface Found {
        /** The claimer holds this lease. */
        record Held(Lease lease) implements Found {}

        /** He holds none. */
        record No(Refused refused) implements Found {}
    }

    static Found find(Claim claim, Collection<Lease> leases, Board board) {
        List<Lease> meant = leases.stream().filter(lease -> means(claim, lease)).toList();
        if (meant.isEmpty()) {
            return nobody(claim, leases, board);
        }
        Optional<String> plugin = claim.plugin();
        if (plugin.isPresent()
                && meant.stream()
                        .noneMatch(lease -> plugin.get().equals(lease.order().plugin()))) {
            return no(
                    ErrorCode.PERMISSION_DENIED,
                    "This credential is bound to plugin '%s'; the instance is one of plugin '%s'."
                            .formatted(plugin.get(), meant.get(0).order().plugin()));
        }
        return claim.leaseToken().isPresent() ? proven(claim.leaseToken().get(), meant) : unproven(claim, meant);
    }

    private static boolean means(Claim claim, Lease lease) {
        if (claim.serviceId().isPresent()) {
            return lease.offers(claim.serviceId().get());
        }
        Optional<String> plugin = claim.pluginId().or(claim::plugin);
        return plugin.isPresent()
                && claim.serviceName().isPresent()
                && lease.offers(plugin.get(), claim.serviceName().get());
    }

    private static Found proven(String token, List<Lease> meant) {
        return meant.stream()
                .filter(lease -> lease.provenBy(token))
                .findFirst()
                .<Found>map(Found.Held::new)
                .orElseGet(() -> no(
                        ErrorCode.CONFLICT,
                        "This lease ended: the instance was registered again, or the token is another one's. Register"
                                + " anew."));
    }

    private static Found unproven(Claim claim, List<Lease> meant) {
        if (claim.plugin().isPresent()) {
            return no(
                    ErrorCode.VALIDATION_FAILED,
                    "\"leaseToken\" is missing: the token that registering answered proves whose instance it is.");
        }
        return meant.size() == 1
                ? new Found.Held(meant.get(0))
                : no(
                        ErrorCode.VALIDATION_FAILED,
                        "%d instances are meant. Name one by \"serviceId\".".formatted(meant.size()));
    }

    private static Found nobody(Claim claim, Collection<Lease> leases, Board board) {
        Optional<Lease> follower = claim.serviceId()
                .flatMap(id ->
                        leases.stream().filter(lease -> lease.replaced(id)).findFirst());
        if (follower.isPresent()) {
            return no(
                    ErrorCode.CONFLICT,
                    "This lease ended: another process of plugin '%s' registered at %s since, and holds it. Two can't have one address: end this one, or give it its own."
                            .formatted(
                                    follower.get().order().plugin(),
                                    follower.get().order().baseUrl()));
        }
        if (claim.serviceId().filter(board::runsHere).isPresent()) {
            return no(
                    ErrorCode.CONFLICT,
                    "This instance is a bundle of this container: its health checks say how it is, and removing the plugin"
                            + " takes it away.");
        }
        return no(
                ErrorCode.SERVICE_NOT_FOUND,
                "No such instance is registered. Register it, or look with GET /api/v1/services/list.");
    }

    private static Found no(ErrorCode code, String detail) {
        return new Found.No(new Refused(code, detail));
    }
}
