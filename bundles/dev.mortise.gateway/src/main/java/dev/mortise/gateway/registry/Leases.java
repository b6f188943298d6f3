// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.port.HopTokens;
import dev.mortise.kernel.port.RemoteCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the leases of the instances that run elsewhere. A heartbeat finds its lease and notes the time; only what changes the health of an
 * instance changes what is shown. Whoever is silent is found out by a timer and not by whoever calls.
 */
public final class Leases implements Registry, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private static final String UNNAMED = "unnamed";

    private final Supplier<RegistrySettings> settings;
    private final Clock clock;
    private final Board board;
    private final Announcements announcements;
    private final Supplier<Optional<HopTokens>> tokens;
    private final Rounds rounds;
    private final HealthQuestion question;
    // By the id of the registration; the monitor guards it.
    private final Map<String, Lease> leases = new LinkedHashMap<>();

    /**
     * Makes a registry without leases.
     *
     * @param settings the times of leases, as they are set now
     * @param calls what reaches other processes, when there is something
     * @param tokens what signs the calls to them, when there is something
     */
    public Leases(
            Supplier<RegistrySettings> settings,
            Clock clock,
            Board board,
            Supplier<Optional<RemoteCalls>> calls,
            Supplier<Optional<HopTokens>> tokens,
            HealthQuestion question) {
        this.settings = settings;
        this.clock = clock;
        this.board = board;
        this.announcements = new Announcements(board, calls);
        this.tokens = tokens;
        this.question = question;
        this.rounds = new Rounds(
                settings.get().asking().threads(), () -> settings.get().asking().each());
    }

    @Override
    public Registered register(Registration order) {
        Optional<HopTokens> signer = tokens.get();
        if (signer.isEmpty()) {
            return new Registered.Not(new Refused(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "This Mortise runs without the security feature, so it can't sign calls to other processes. Start an"
                            + " edition that has it."));
        }
        Announcements.Judged judged = announcements.judge(order);
        return judged instanceof Announcements.Judged.Good good
                ? hold(order, good, signer.get())
                : new Registered.Not(((Announcements.Judged.Bad) judged).refused());
    }

    private synchronized Registered hold(Registration order, Announcements.Judged.Good good, HopTokens signer) {
        List<Lease> held = leases.values().stream()
                .filter(lease -> lease.standsWhere(order, good.manifest().services()))
                .toList();
        for (Lease lease : held) {
            if (!lease.silent() && !lease.order().announcer().equals(order.announcer())) {
                good.peer().close();
                return new Registered.Not(new Refused(
                        ErrorCode.CONFLICT,
                        "Plugin '%s' is registered at %s with another credential, and alive. Deregister it there, or use another address."
                                .formatted(order.plugin(), order.baseUrl())));
            }
        }
        List<Lease> others =
                leases.values().stream().filter(lease -> !held.contains(lease)).toList();
        Shares.Room room = Shares.room(order, others, settings.get().each());
        if (room instanceof Shares.Room.None none) {
            good.peer().close();
            return new Registered.Not(none.refused());
        }
        Lease lease = lease(order, good, signer);
        RemoteInstance instance = lease.instance();
        Optional<Board.Objection> against = board.admit(instance, lease.health(), lease.reason(), clock.instant());
        if (against.isPresent()) {
            // Somebody else may have been quicker, since the announcement was judged.
            good.peer().close();
            return new Registered.Not(Announcements.refused(against.get(), order));
        }
        leases.put(instance.id(), lease);
        held.forEach(this::end);
        lease.replaces(held);
        ((Shares.Room.Free) room).silent().ifPresent(this::end);
        watch(lease);
        LOG.info("plugin={} the {} is registered at {}", order.plugin(), instance, order.baseUrl());
        return lease.registered(settings.get());
    }

    private Lease lease(Registration order, Announcements.Judged.Good good, HopTokens signer) {
        Pulse pulse = new Pulse(clock);
        RemoteInstance instance = new RemoteInstance(
                UUID.randomUUID().toString(),
                good.manifest(),
                good.peer(),
                order.node().orElse(UNNAMED),
                order.tenant(),
                signer.newKey(),
                pulse::at);
        return new Lease(order, signer.newKey(), pulse, instance);
    }

    /** Answers how many instances are registered. */
    public synchronized int count() {
        return leases.size();
    }

    /** Answers how many of them wait to be asked how they are. */
    public int waiting() {
        return rounds.waiting();
    }

    /** Answers how many of them the credential has that has most. */
    public synchronized int largest() {
        return Shares.largest(leases.values());
    }

    @Override
    public synchronized Outcome heartbeat(Claim claim) {
        return found(claim, lease -> {
            if (lease.beats()) {
                LOG.info("plugin={} the {} is back", lease.order().plugin(), lease.instance());
                show(lease);
            }
        });
    }

    @Override
    public synchronized Outcome setHealth(Claim claim, ServiceHealth health) {
        return found(claim, lease -> {
            if (claim.leaseToken().isEmpty()) {
                declared(lease, health);
                return;
            }
            if (lease.beats()) {
                show(lease);
            }
            said(lease, health, "The %s was declared %s.".formatted(lease.instance(), health));
        });
    }

    @Override
    public synchronized Outcome deregister(Claim claim) {
        return found(claim, lease -> {
            Optional<ServiceDeclaration> service = lease.services().stream()
                    .filter(one -> claim.serviceId()
                            .map(id -> RemoteInstance.serviceId(
                                            lease.instance().id(), one.name().value())
                                    .equals(id))
                            .orElseGet(() -> claim.serviceName()
                                    .equals(Optional.of(one.name().value()))))
                    .findFirst();
            service.ifPresent(one -> lease.offersNoLonger(one.name().value()));
            if (lease.services().isEmpty()) {
                end(lease);
            } else {
                show(lease);
            }
        });
    }

    @Override
    public synchronized void close() {
        rounds.close();
        List.copyOf(leases.values()).forEach(this::end);
    }

    private Outcome found(Claim claim, Consumer<Lease> then) {
        Claims.Found found = Claims.find(claim, leases.values(), board);
        if (found instanceof Claims.Found.Held held) {
            then.accept(held.lease());
            return new Outcome.Done(held.lease().health());
        }
        return new Outcome.Not(((Claims.Found.No) found).refused());
    }

    private void said(Lease lease, ServiceHealth health, String why) {
        if (!lease.silent() && lease.says(health, why)) {
            LOG.info("plugin={} {}", lease.order().plugin(), why);
            show(lease);
        }
    }

    private void declared(Lease lease, ServiceHealth health) {
        String why = "An administrator declared the %s %s.".formatted(lease.instance(), health);
        if (lease.declared(health, why)) {
            LOG.info("plugin={} {}", lease.order().plugin(), why);
            show(lease);
        }
    }

    private void answered(Lease lease, ServiceHealth health, String why) {
        if (lease.answers(health, why)) {
            LOG.info(
                    "plugin={} {}",
                    lease.order().plugin(),
                    health == ServiceHealth.HEALTHY
                            ? "the " + lease.instance() + " says at /health that it is well"
                            : why);
            show(lease);
        }
    }

    private void show(Lease lease) {
        board.show(lease.instance(), lease.health(), lease.reason(), clock.instant());
    }

    private void end(Lease lease) {
        lease.end();
        leases.remove(lease.instance().id());
        board.take(lease.instance(), lease.instance().peer()::close);
        LOG.info("plugin={} the {} is no longer registered", lease.order().plugin(), lease.instance());
    }

    private void watch(Lease lease) {
        if (lease.order().poll()) {
            rounds.every(() -> lease.patience(settings.get()), new LeaseQuestion(lease, this::ask));
        }
        rounds.in(settings.get().stale(), () -> look(lease));
    }

    /** Answers when to look again; nothing when there is nothing left to look at. */
    private synchronized Optional<Duration> look(Lease lease) {
        if (lease.ended()) {
            return Optional.empty();
        }
        Duration silence = Duration.ofNanos(lease.pulse().silentNanos());
        if (silence.compareTo(settings.get().stale()) < 0) {
            return Optional.of(settings.get().stale().minus(silence));
        }
        if (silence.compareTo(settings.get().forget()) >= 0) {
            end(lease);
            return Optional.empty();
        }
        if (!lease.silent()) {
            lease.fallsSilent(settings.get().stale());
            LOG.warn("plugin={} {}", lease.order().plugin(), lease.reason());
            show(lease);
        }
        // It may come back and fall silent again meanwhile.
        return Optional.of(settings.get().stale());
    }

    /** Asks an instance how it is, on a thread that may wait for it; answers whether to ask again. */
    private boolean ask(Lease lease) {
        Optional<HealthQuestion.Answer> answer = question.ask(lease.instance());
        synchronized (this) {
            if (lease.ended()) {
                return false;
            }
            answer.ifPresentOrElse(
                    known -> heard(lease, known), () -> lease.pulse().excuse());
            return true;
        }
    }

    private void heard(Lease lease, HealthQuestion.Answer answer) {
        lease.answered(answer.alive());
        if (answer.alive()) {
            answered(lease, answer.health(), answer.reason());
        } else {
            said(lease, answer.health(), answer.reason());
        }
    }
}
