// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Group;
import dev.mortise.kernel.model.Deployment.Leak;
import dev.mortise.kernel.model.Deployment.Member;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.Deployment.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Writes deployments to the journal as they now are. Of what belongs to them only what changed is written: a deployment of
 * a thousand plugins has thousands of steps, and is recorded again and again.
 */
final class JournalWriter {
    private static final String HEAD = """
            INSERT INTO mortise.deployment (id, node, generation, state, trigger, started_at, finished_at, reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE
               SET generation = excluded.generation, state = excluded.state, finished_at = excluded.finished_at,
                   reason = excluded.reason
            """;
    private static final String DROP_GROUPS =
            "DELETE FROM mortise.deployment_group WHERE deployment = ? AND (number = ANY (?) OR number >= ?)";
    private static final String ADD_GROUP =
            "INSERT INTO mortise.deployment_group (deployment, number, state, reason) VALUES (?, ?, ?, ?)";
    private static final String ADD_MEMBER = """
            INSERT INTO mortise.deployment_member
                (deployment, group_number, number, plugin_id, from_version, to_version) VALUES (?, ?, ?, ?, ?, ?)
            """;
    private static final String DROP_STEPS =
            "DELETE FROM mortise.deployment_step WHERE deployment = ? AND (number = ANY (?) OR number >= ?)";
    private static final String ADD_STEP = """
            INSERT INTO mortise.deployment_step (deployment, number, phase, plugin_id, state, ms)
            VALUES (?, ?, ?, ?, ?, ?)
            """;
    private static final String DROP_LEAKS =
            "DELETE FROM mortise.deployment_leak WHERE deployment = ? AND (number = ANY (?) OR number >= ?)";
    private static final String ADD_LEAK = """
            INSERT INTO mortise.deployment_leak (deployment, number, plugin_id, version, verdict)
            VALUES (?, ?, ?, ?, ?)
            """;
    // leaves alone what another node is writing or forgetting at this moment
    private static final String FORGET = """
            DELETE FROM mortise.deployment WHERE id IN (
                SELECT id FROM mortise.deployment
                 WHERE state <> 'RUNNING' AND id < (SELECT id FROM mortise.deployment ORDER BY id DESC OFFSET ? LIMIT 1)
                   FOR UPDATE SKIP LOCKED)
            """;

    private final Connection connection;
    private final String node;

    JournalWriter(Connection connection, String node) {
        this.connection = connection;
        this.node = node;
    }

    /** Writes deployments, and forgets the oldest when some have ended. */
    void write(List<Deployment> journal, int kept) throws SQLException {
        for (Deployment deployment : journal) {
            write(deployment, JournalReader.one(connection, deployment.id()));
        }
        if (journal.stream().anyMatch(deployment -> deployment.state() != State.RUNNING)) {
            Sql.update(connection, FORGET, Math.max(1, kept) - 1);
        }
    }

    private void write(Deployment now, Optional<Deployment> before) throws SQLException {
        try (Batch head = new Batch(connection, HEAD)) {
            head.add(
                    now.id(),
                    node,
                    now.generation(),
                    now.state().name(),
                    now.trigger().name(),
                    time(now.startedAt()),
                    now.finishedAt().map(JournalWriter::time).orElse(null),
                    now.reason().orElse(null));
            head.send();
        }
        groups(now, changes(DROP_GROUPS, now, before.map(Deployment::groups), now.groups()));
        steps(now, changes(DROP_STEPS, now, before.map(Deployment::steps), now.steps()));
        leaks(now, changes(DROP_LEAKS, now, before.map(Deployment::leaks), now.leaks()));
    }

    /** Deletes what is another one now or is there no longer; answers the places that are to be written. */
    private <T> int[] changes(String drop, Deployment deployment, Optional<List<T>> before, List<T> now)
            throws SQLException {
        List<T> known = before.orElse(List.of());
        int[] places = IntStream.range(0, now.size())
                .filter(i -> i >= known.size() || !known.get(i).equals(now.get(i)))
                .toArray();
        if (!known.isEmpty()) {
            Sql.update(connection, drop, deployment.id(), places, now.size());
        }
        return places;
    }

    private void groups(Deployment deployment, int[] places) throws SQLException {
        try (Batch groups = new Batch(connection, ADD_GROUP);
                Batch members = new Batch(connection, ADD_MEMBER)) {
            for (int place : places) {
                Group group = deployment.groups().get(place);
                groups.add(
                        deployment.id(),
                        place,
                        group.state().name(),
                        group.reason().orElse(null));
            }
            groups.send();
            for (int place : places) {
                members(members, deployment, place);
            }
            members.send();
        }
    }

    private static void members(Batch members, Deployment deployment, int place) throws SQLException {
        List<Member> plugins = deployment.groups().get(place).plugins();
        for (int i = 0; i < plugins.size(); i++) {
            Member member = plugins.get(i);
            members.add(
                    deployment.id(),
                    place,
                    i,
                    member.id(),
                    member.from().orElse(null),
                    member.to().orElse(null));
        }
    }

    private void steps(Deployment deployment, int[] places) throws SQLException {
        try (Batch steps = new Batch(connection, ADD_STEP)) {
            for (int place : places) {
                Step step = deployment.steps().get(place);
                steps.add(
                        deployment.id(),
                        place,
                        step.phase().name(),
                        step.plugin(),
                        step.state().name(),
                        step.ms());
            }
            steps.send();
        }
    }

    private void leaks(Deployment deployment, int[] places) throws SQLException {
        try (Batch leaks = new Batch(connection, ADD_LEAK)) {
            for (int place : places) {
                Leak leak = deployment.leaks().get(place);
                leaks.add(deployment.id(), place, leak.plugin(), leak.version(), leak.verdict());
            }
            leaks.send();
        }
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
