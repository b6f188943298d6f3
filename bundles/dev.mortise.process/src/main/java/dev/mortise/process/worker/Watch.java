// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.process.worker.WorkerSettings.Pace;
import dev.mortise.process.worker.wire.Wellness;
import java.util.List;
import java.util.Optional;

/** Looks after a fleet: asks its processes how they are, starts those anew whose time has come, ends those that nobody uses. */
final class Watch {
    private final Crew crew;

    Watch(Crew crew) {
        this.crew = crew;
    }

    /** Sees to what is due. Called some times in a second, never at once; waits for nothing. */
    void look() {
        Pace pace = crew.parts.settings().get().pace();
        if (crew.locked(() -> look(System.nanoTime(), pace))) {
            crew.tell();
        }
    }

    /** Answers whether some were ended. */
    private boolean look(long now, Pace pace) {
        boolean idle = false;
        for (Group group : List.copyOf(crew.groups.values())) {
            if (!pace.idle().isZero() && group.idleSince(now - pace.idle().toNanos())) {
                end(group, "Nobody called it for " + pace.idle().toSeconds() + " s.");
                idle = true;
            }
            group.members.forEach(member -> look(group, member, now, pace));
        }
        return idle;
    }

    private void end(Group group, String why) {
        for (Member member : group.members) {
            if (member.running != null) {
                var unused = crew.leave(member, why, Optional.empty());
            }
        }
    }

    private void look(Group group, Member member, long now, Pace pace) {
        Running running = member.running;
        if (member.due(now)) {
            var unused = crew.begin(group, member);
        } else if (running != null
                && !running.probing
                && (running.unreached || now - running.probedAt >= pace.health().toNanos())) {
            running.probing = true;
            WorkerThreads.run(crew.parts.threads().probes(), () -> probe(group, member, running, pace));
        }
    }

    private void probe(Group group, Member member, Running running, Pace pace) {
        Wellness answer;
        try {
            answer = crew.parts.talking().calls().health(running.started.target(), pace.healthTimeout());
        } finally {
            crew.locked(() -> running.probed(System.nanoTime()));
        }
        if (answer instanceof Wellness.Missed missed) {
            missed(group, member, running, missed, pace);
        } else if (!(answer instanceof Wellness.Unasked)) {
            answered(member, running, answer);
        }
    }

    private void missed(Group group, Member member, Running running, Wellness.Missed missed, Pace pace) {
        if (crew.locked(() -> running.silent()) >= pace.healthMisses()) {
            crew.crashed(
                    group,
                    member,
                    running,
                    "It did not answer /health " + pace.healthMisses() + " times in a row: " + missed.reason());
        }
    }

    private void answered(Member member, Running running, Wellness answer) {
        boolean otherwise = crew.locked(() -> {
            running.answered();
            crew.changed.signalAll();
            return member.running == running && take(member, running, answer);
        });
        if (otherwise) {
            crew.record(member, running);
            crew.tell();
        }
    }

    private static boolean take(Member member, Running running, Wellness answer) {
        RuntimeState before = member.state;
        String said = member.reason;
        running.unwell = answer instanceof Wellness.Unwell;
        if (answer instanceof Wellness.Unwell unwell) {
            member.state = RuntimeState.ERROR;
            member.reason = "It says that it is not well: " + unwell.reason() + ".";
        } else if (answer instanceof Wellness.Degraded) {
            member.state = RuntimeState.DEGRADED;
            member.reason = "It says that it is degraded.";
        } else {
            member.state = RuntimeState.READY;
            member.reason = "";
        }
        return member.state != before || !member.reason.equals(said);
    }
}
