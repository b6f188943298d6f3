// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.gateway.registry.Board.Objection;
import dev.mortise.kernel.model.HeldService;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceName;
import dev.mortise.kernel.port.Routing;
import dev.mortise.rules.plan.Circles;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Holds what is seen of the plugins in one volatile reference, and is the only one who writes it. */
final class SnapshotRouting implements Routing {
    private final Mounting mounting;
    private final String node;
    private final Drains drains = new Drains();

    // The monitor lets one writer at a time in; readers never take it.
    private final Waiters waiters;
    private volatile Views views = Views.CLOSED;

    private volatile Runnable held = () -> {};

    SnapshotRouting(Mounting mounting, Clock clock, String node) {
        this.mounting = mounting;
        this.waiters = new Waiters(mounting, clock);
        this.node = node;
    }

    /** Answers what is switched in. */
    RoutingSnapshot snapshot() {
        return views.current();
    }

    Views views() {
        return views;
    }

    @Override
    public synchronized void open() {
        views = Views.of(views.current().opened(), views.candidates(), views.leaving());
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public synchronized void probe(List<Entry> candidates) {
        write(views.current(), mount(candidates, new Succession(views, candidates)));
    }

    @Override
    public synchronized void apply(Change change) {
        Succession succession = new Succession(views, change.put());
        List<Mounted> put = mount(change.put(), succession);
        change.put().stream()
                .filter(succession::begins)
                .forEach(entry -> mounting.tellWhatStaysClosed(entry.manifest()));
        write(views.current().with(put, change.remove()), without(change.put()));
    }

    @Override
    public synchronized CompletionStage<Void> drained(PluginIdentity plugin) {
        return drains.of(plugin)
                .orElseGet(() -> serves(plugin) ? refusal(plugin) : CompletableFuture.completedStage(null));
    }

    /** Ends the streams of all versions, because nobody is let in any more. */
    void endStreams() {
        Views now = views;
        now.current().mounted().forEach(Mounted::endStreams);
        now.candidates().forEach(Mounted::endStreams);
    }

    @Override
    public Map<ServiceName, HeldService> heldElsewhere() {
        return views.current().heldElsewhere();
    }

    @Override
    public void whenHeldElsewhere(Runnable listener) {
        held = listener;
    }

    /**
     * Shows an instance that runs elsewhere for the first time, unless one of its services belongs to another plugin, or it
     * closes a circle of plugins that require one another, so that it could never be served: it is
     * judged in the moment in which it is shown, so no candidate comes between.
     */
    Optional<Objection> admit(Entry entry, Place.Elsewhere place) {
        boolean heldOtherwise;
        synchronized (this) {
            Optional<Objection> against = foreign(entry).or(() -> circle(entry));
            if (against.isPresent()) {
                return against;
            }
            heldOtherwise = shown(entry, place);
        }
        tell(heldOtherwise);
        return Optional.empty();
    }

    private Optional<Objection> circle(Entry entry) {
        List<PluginManifest> standing = views.current()
                .mounted()
                .filter(mounted -> mounted.plugin().entry().state() != PluginState.REJECTED)
                .map(Mounted::manifest)
                .toList();
        return Circles.closedBy(entry.manifest(), standing).map(Objection.Circle::new);
    }

    private Optional<Objection> foreign(Entry entry) {
        String plugin = entry.manifest().id().value();
        for (ServiceDeclaration service : entry.manifest().services()) {
            String name = service.name().value();
            Optional<String> owner = views.otherOwner(name, plugin);
            if (owner.isPresent()) {
                return Optional.of(new Objection.Foreign(name, owner.get()));
            }
        }
        return Optional.empty();
    }

    /** Shows an instance that runs elsewhere, in the place of what its registration showed before. */
    void place(Entry entry, Place.Elsewhere place) {
        boolean heldOtherwise;
        synchronized (this) {
            heldOtherwise = shown(entry, place);
        }
        tell(heldOtherwise);
    }

    private boolean shown(Entry entry, Place.Elsewhere place) {
        // The same registration is the same process, however it fares: what is known of it stays.
        Optional<Owner> before = views.current().elsewhere(place.id()).map(mounted -> mounted.plugin()
                .owner());
        Mounted instance = mounting.mount(entry, before, Optional.empty(), place);
        waiters.says(entry, place);
        return show(views.current().placing(place.id(), instance));
    }

    /**
     * Takes away what a registration showed; calls that are under way end by themselves, at their own deadlines at the
     * latest, and the task runs after them.
     */
    void displace(String registration, Runnable whenIdle) {
        Optional<Traffic> gone;
        boolean heldOtherwise;
        synchronized (this) {
            gone = views.current().elsewhere(registration).map(Mounted::traffic);
            waiters.forget(registration);
            heldOtherwise = show(views.current().displacing(registration));
        }
        tell(heldOtherwise);
        gone.ifPresent(Traffic::retire);
        gone.ifPresentOrElse(traffic -> traffic.whenIdle(whenIdle), whenIdle);
    }

    /** Answers whether other names are held elsewhere now. */
    private boolean show(RoutingSnapshot changed) {
        RoutingSnapshot current = waiters.settled(changed);
        boolean heldOtherwise = !current.heldElsewhere().equals(views.current().heldElsewhere());
        views = Views.of(current, views.candidates(), views.leaving());
        return heldOtherwise;
    }

    /** Never under the monitor: whoever listens may wait for somebody who writes here. */
    private void tell(boolean heldOtherwise) {
        if (heldOtherwise) {
            held.run();
        }
    }

    /** Answers the candidates that are not among the entries: what is switched in stands ready no more. */
    private List<Mounted> without(List<Entry> entries) {
        return views.candidates().stream()
                .filter(candidate -> entries.stream()
                        .noneMatch(
                                entry -> Succession.sameCode(candidate.plugin().entry(), entry)))
                .toList();
    }

    private void write(RoutingSnapshot current, List<Mounted> candidates) {
        Views next = Views.of(waiters.settled(current), candidates, views.leaving());
        List<Mounted> gone = views.gone(next);
        Departure departure =
                Departure.of(views, gone.stream().filter(Mounted::serves).toList());
        drains.add(departure.leavers());
        views = next.with(departure.leavers());
        // Only now: whoever still comes by the old views is turned away and finds these.
        departure.close();
        departure.leavers().forEach(leaver -> leaver.version().endStreams());
        gone.stream().filter(version -> !version.serves()).forEach(version -> version.traffic()
                .retire());
        departure.leavers().forEach(leaver -> leaver.version().traffic().whenIdle(this::forgetIdle));
    }

    private synchronized void forgetIdle() {
        views = views.withoutIdle();
    }

    private List<Mounted> mount(List<Entry> entries, Succession succession) {
        return entries.stream()
                .map(entry -> mounting.mount(entry, succession.owner(entry), succession.lastServed(entry)))
                .toList();
    }

    private boolean serves(PluginIdentity plugin) {
        return views.serving(plugin.id().value()).stream()
                .anyMatch(version -> version.manifest().identity().equals(plugin));
    }

    private static CompletionStage<Void> refusal(PluginIdentity plugin) {
        return CompletableFuture.failedStage(new IllegalStateException(
                "Plugin " + plugin + " still serves. It must leave the snapshot before it can drain."));
    }
}
