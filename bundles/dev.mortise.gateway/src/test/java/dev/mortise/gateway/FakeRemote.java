// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HopTokens;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Other processes without a network: programs at addresses, and what came to them. */
final class FakeRemote implements RemoteCalls, HopTokens {
    private final Map<String, Program> programs = new ConcurrentHashMap<>();
    private final AtomicInteger keys = new AtomicInteger();
    /** What happens elsewhere while an address is judged. */
    final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    final List<String> closed = new CopyOnWriteArrayList<>();
    final List<Claims> signed = new CopyOnWriteArrayList<>();
    private final List<Claims> passes = new CopyOnWriteArrayList<>();

    /** Answers what comes to one address. */
    interface Answers {
        Response answer(Outgoing request) throws RemoteFault;
    }

    /** A program at an address. */
    static final class Program {
        private final Answers answers;
        final List<Outgoing> came = new CopyOnWriteArrayList<>();

        Program(Answers answers) {
            this.answers = answers;
        }

        List<String> targets() {
            List<String> targets = new ArrayList<>();
            came.forEach(request -> targets.add(request.method() + " " + request.target()));
            return targets;
        }
    }

    private record FakePeer(String baseUrl, List<String> closed) implements Peer {
        @Override
        public void close() {
            closed.add(baseUrl);
        }
    }

    /** Starts a program, in the place of what was at that address. */
    Program at(String baseUrl, Answers answers) {
        Program program = new Program(answers);
        programs.put(baseUrl, program);
        return program;
    }

    @Override
    public Judgement judge(String baseUrl) {
        meanwhile.getAndSet(() -> {}).run();
        return baseUrl.contains("169.254")
                ? new Judgement.Refused("Calls may not go to " + baseUrl + ".")
                : new Judgement.Good(new FakePeer(baseUrl, closed));
    }

    @Override
    public Judgement judgeServer(String baseUrl) {
        return judge(baseUrl);
    }

    @Override
    public Response send(Peer peer, Outgoing request) throws RemoteFault {
        Program program = programs.get(peer.baseUrl());
        if (program == null) {
            throw new RemoteFault(
                    RemoteFault.Kind.NEVER_SENT, "connection refused", new IllegalStateException("nobody listens"));
        }
        program.came.add(request);
        return program.answers.answer(request);
    }

    @Override
    public String newKey() {
        return "key-" + keys.incrementAndGet();
    }

    @Override
    public String sign(String key, Claims claims) {
        signed.add(claims);
        return "signed with " + key;
    }

    /** Passes are known by their number. */
    @Override
    public String pass(Claims claims) {
        passes.add(claims);
        return "pass " + passes.size();
    }

    @Override
    public Optional<Claims> passed(String pass) {
        return pass.matches("pass [0-9]+")
                ? Optional.of(passes.get(Integer.parseInt(pass.substring(5)) - 1))
                : Optional.empty();
    }
}
