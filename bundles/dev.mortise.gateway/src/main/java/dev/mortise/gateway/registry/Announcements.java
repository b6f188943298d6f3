// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.gateway.registry.Board.Objection;
import dev.mortise.kernel.admin.Registry.Refused;
import dev.mortise.kernel.admin.Registry.Registration;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Judges what an instance announces: whether it is known what it offers, whose that is, and whether calls may go there. */
final class Announcements {
    private final Board board;
    private final Supplier<Optional<RemoteCalls>> calls;

    Announcements(Board board, Supplier<Optional<RemoteCalls>> calls) {
        this.board = board;
        this.calls = calls;
    }

    /** What judging an announcement came to. */
    sealed interface Judged {
        /** It is good; the manifest has the announced services alone. */
        record Good(PluginManifest manifest, Peer peer) implements Judged {}

        /** It is not. */
        record Bad(Refused refused) implements Judged {}
    }

    Judged judge(Registration order) {
        Optional<PluginManifest> manifest = order.manifest().or(() -> known(order));
        if (manifest.isEmpty()) {
            return bad(ErrorCode.CONFLICT, unknown(order));
        }
        List<ServiceDeclaration> services = announced(manifest.get(), order);
        if (services.isEmpty()) {
            return bad(ErrorCode.VALIDATION_FAILED, notOffered(manifest.get(), order));
        }
        for (ServiceDeclaration service : services) {
            String name = service.name().value();
            Optional<String> owner = board.otherOwner(name, order.plugin());
            if (owner.isPresent()) {
                return new Judged.Bad(foreign(new Objection.Foreign(name, owner.get()), order));
            }
        }
        return reached(order, RemoteInstance.offering(manifest.get(), services));
    }

    /** Says what stands against showing it. */
    static Refused refused(Objection against, Registration order) {
        return against instanceof Objection.Circle circle
                ? new Refused(
                        ErrorCode.CONFLICT,
                        circle.problem().message() + ". " + circle.problem().remedy())
                : foreign((Objection.Foreign) against, order);
    }

    private static Refused foreign(Objection.Foreign foreign, Registration order) {
        return new Refused(
                ErrorCode.CONFLICT,
                "Service '%s' belongs to plugin '%s'; plugin '%s' can't offer it too. Give it a name of its own."
                        .formatted(foreign.service(), foreign.owner(), order.plugin()));
    }

    private Judged reached(Registration order, PluginManifest manifest) {
        Optional<RemoteCalls> remote = calls.get();
        if (remote.isEmpty()) {
            return bad(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "This Mortise runs without the process feature, so it can't call other processes. Start an edition"
                            + " that has it.");
        }
        RemoteCalls.Judgement judgement = remote.get().judge(order.baseUrl());
        return judgement instanceof RemoteCalls.Judgement.Good good
                ? new Judged.Good(manifest, good.peer())
                : bad(ErrorCode.VALIDATION_FAILED, ((RemoteCalls.Judgement.Refused) judgement).reason());
    }

    private Optional<PluginManifest> known(Registration order) {
        return board.known(order.plugin()).stream()
                .filter(manifest -> !announced(manifest, order).isEmpty())
                .findFirst();
    }

    /** Without the name of a service the version is the plugin's. */
    private static List<ServiceDeclaration> announced(PluginManifest manifest, Registration order) {
        if (order.serviceName().isEmpty()) {
            boolean meant = order.version().isEmpty()
                    || order.version().get().equals(manifest.version().text());
            return meant ? manifest.services() : List.of();
        }
        return manifest.services().stream()
                .filter(service ->
                        service.name().value().equals(order.serviceName().get()))
                .filter(service -> order.version().isEmpty()
                        || service.version().text().equals(order.version().get()))
                .toList();
    }

    private static String unknown(Registration order) {
        return "No version of plugin '%s' that is known here offers %s. Send its plugin.json as \"manifest\", or deploy it."
                .formatted(order.plugin(), wanted(order));
    }

    private static String notOffered(PluginManifest manifest, Registration order) {
        return "The manifest of plugin %s does not offer %s.".formatted(manifest.identity(), wanted(order));
    }

    private static String wanted(Registration order) {
        return order.serviceName().map(name -> "'" + name + "'").orElse("services")
                + order.version().map(version -> " in version " + version).orElse("");
    }

    private static Judged bad(ErrorCode code, String detail) {
        return new Judged.Bad(new Refused(code, detail));
    }
}
