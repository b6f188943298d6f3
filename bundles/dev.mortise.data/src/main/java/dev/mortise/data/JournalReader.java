// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Group;
import dev.mortise.kernel.model.Deployment.Leak;
import dev.mortise.kernel.model.Deployment.Member;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.Deployment.Step;
import dev.mortise.kernel.model.Trigger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads deployments from the journal: one question for each table, however many there are. */
final class JournalReader {
    private static final String HEADS =
            "SELECT id, generation, state, trigger, started_at, finished_at, reason FROM mortise.deployment ";
    private static final String NEWEST = HEADS + "ORDER BY id DESC LIMIT ?";
    private static final String ONE = HEADS + "WHERE id = ?";
    private static final String UNFINISHED = HEADS + "WHERE node = ? AND state = 'RUNNING' ORDER BY id";
    private static final String GROUPS = """
            SELECT deployment, number, state, reason FROM mortise.deployment_group
             WHERE deployment = ANY (?) ORDER BY deployment, number
            """;
    private static final String MEMBERS = """
            SELECT deployment || ' ' || group_number, plugin_id, from_version, to_version FROM mortise.deployment_member
             WHERE deployment = ANY (?) ORDER BY deployment, group_number, number
            """;
    private static final String STEPS = """
            SELECT deployment, phase, plugin_id, state, ms FROM mortise.deployment_step
             WHERE deployment = ANY (?) ORDER BY deployment, number
            """;
    private static final String LEAKS = """
            SELECT deployment, plugin_id, version, verdict FROM mortise.deployment_leak
             WHERE deployment = ANY (?) ORDER BY deployment, number
            """;

    private final Map<String, List<Group>> groups;
    private final Map<String, List<Step>> steps;
    private final Map<String, List<Leak>> leaks;

    private JournalReader(Connection connection, String[] ids) throws SQLException {
        Map<String, List<Member>> members = byKey(connection, JournalReader::member, MEMBERS, ids);
        groups = byKey(connection, row -> group(row, members), GROUPS, ids);
        steps = byKey(connection, JournalReader::step, STEPS, ids);
        leaks = byKey(connection, row -> new Leak(row.getString(2), row.getString(3), row.getString(4)), LEAKS, ids);
    }

    static List<Deployment> newest(Connection connection, int limit) throws SQLException {
        return read(connection, NEWEST, limit);
    }

    static Optional<Deployment> one(Connection connection, String id) throws SQLException {
        return read(connection, ONE, id).stream().findFirst();
    }

    static List<Deployment> unfinished(Connection connection, String node) throws SQLException {
        return read(connection, UNFINISHED, node);
    }

    private static List<Deployment> read(Connection connection, String sql, Object value) throws SQLException {
        List<Deployment> heads = Sql.list(connection, JournalReader::head, sql, value);
        if (heads.isEmpty()) {
            return heads;
        }
        JournalReader rest =
                new JournalReader(connection, heads.stream().map(Deployment::id).toArray(String[]::new));
        return heads.stream().map(rest::whole).toList();
    }

    private static Deployment head(ResultSet row) throws SQLException {
        return new Deployment(
                row.getString(1),
                row.getLong(2),
                State.valueOf(row.getString(3)),
                Trigger.valueOf(row.getString(4)),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject(6, OffsetDateTime.class)).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getString(7)),
                List.of(),
                List.of(),
                List.of());
    }

    private Deployment whole(Deployment head) {
        return new Deployment(
                head.id(),
                head.generation(),
                head.state(),
                head.trigger(),
                head.startedAt(),
                head.finishedAt(),
                head.reason(),
                groups.getOrDefault(head.id(), List.of()),
                steps.getOrDefault(head.id(), List.of()),
                leaks.getOrDefault(head.id(), List.of()));
    }

    /** Reads rows whose first column says what they belong to. */
    private static <T> Map<String, List<T>> byKey(Connection connection, Row<T> row, String sql, String[] ids)
            throws SQLException {
        Map<String, List<T>> found = new HashMap<>();
        Sql.list(
                connection,
                one -> found.computeIfAbsent(one.getString(1), key -> new ArrayList<>())
                        .add(row.read(one)),
                sql,
                (Object) ids);
        return found;
    }

    private static Group group(ResultSet row, Map<String, List<Member>> members) throws SQLException {
        return new Group(
                members.getOrDefault(row.getString(1) + " " + row.getInt(2), List.of()),
                State.valueOf(row.getString(3)),
                Optional.ofNullable(row.getString(4)));
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(
                row.getString(2), Optional.ofNullable(row.getString(3)), Optional.ofNullable(row.getString(4)));
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                Phase.valueOf(row.getString(2)), row.getString(3), State.valueOf(row.getString(4)), row.getLong(5));
    }
}
