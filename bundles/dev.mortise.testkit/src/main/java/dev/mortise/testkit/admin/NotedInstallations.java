// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.admin;

import dev.mortise.kernel.admin.Installations;
import dev.mortise.kernel.model.RuntimeState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One plugin, crm, of one tenant, acme, that takes every order and stays as it is. */
public final class NotedInstallations implements Installations {
    private final List<String> orders = new CopyOnWriteArrayList<>();

    /** Makes it. */
    public NotedInstallations() {}

    /** Answers what was ordered, in order. */
    public List<String> orders() {
        return List.copyOf(orders);
    }

    private Installation said(String order) {
        orders.add(order);
        return shown();
    }

    private static Installation shown() {
        return new Installation(
                "acme",
                "crm",
                true,
                RuntimeState.DEGRADED,
                "It coughs.",
                Instant.parse("2026-01-02T03:04:05Z"),
                List.of("a.read"),
                List.of("a.write"));
    }

    @Override
    public List<Installation> list(String tenant) {
        return List.of(shown());
    }

    @Override
    public Installation find(String tenant, String plugin) {
        return shown();
    }

    @Override
    public Installation enable(String tenant, String plugin, boolean withProviders) {
        return said("enable " + withProviders);
    }

    @Override
    public Installation disable(String tenant, String plugin, boolean force) {
        return said("disable " + force);
    }

    @Override
    public Installation start(String tenant, String plugin) {
        return said("start");
    }

    @Override
    public Installation stop(String tenant, String plugin) {
        return said("stop");
    }

    @Override
    public Installation restart(String tenant, String plugin) {
        return said("restart");
    }

    @Override
    public Installation grant(String tenant, String plugin, String permission, boolean granted) {
        return said("grant " + permission + " " + granted);
    }
}
