// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import dev.mortise.process.worker.user.HeldUser;
import dev.mortise.process.worker.user.NoUser;
import dev.mortise.process.worker.user.UserChoice;
import dev.mortise.process.worker.user.UserPool;
import dev.mortise.process.worker.user.UserProcesses;
import dev.mortise.process.worker.user.UserRange;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each process a user of its own, where the operator wants that and this machine has been seen to do it. What was refused
 * is tried again by the next process.
 */
public final class Users {
    private static final Logger LOG = LoggerFactory.getLogger(Users.class);

    /** Finds out whether processes can be users of a range. */
    interface Trial {
        /** Answers why not, and what to do. */
        Optional<String> problem(UserRange range);
    }

    private final UserChoice choice;
    private final boolean root;
    private final Trial trial;
    private final UserProcesses processes = new UserProcesses();
    private final UserPool pool = new UserPool(processes);

    // Trials are made one after the other, with the monitor.
    private volatile Standing standing = new Standing.Open();

    Users(UserChoice choice, boolean root, Trial trial) {
        this.choice = choice;
        this.root = root;
        this.trial = trial;
    }

    /** Takes a user for a process; none where it runs as the container's. The caller gives it back. */
    Optional<HeldUser> take(Launch.OutputLabel process) throws NoUser {
        Standing now = settled();
        if (now instanceof Standing.Refused refused) {
            throw new NoUser(refused.sentence());
        }
        return now instanceof Standing.Numbers numbers
                ? Optional.of(pool.take(process.toString(), process.plugin(), numbers.range()))
                : Optional.empty();
    }

    /** Takes the user of a process that an earlier container left; none where another one has it now. */
    Optional<HeldUser> takeLeft(int number) {
        return pool.takeLeft(number);
    }

    /** Tells whether a process of that user is there. */
    boolean any(int user) {
        return processes.any(user);
    }

    /** Tells whether another container's process is that user. */
    boolean elsewhere(int user, Path run) {
        return processes.guardedElsewhere(user, run);
    }

    /** Answers as whom processes run, without looking. */
    public Standing standing() {
        return standing;
    }

    /** Answers how many users are given. */
    public int given() {
        return pool.size();
    }

    /** Finds it out beside the work where the operator names users, so that health tells before the first process does. */
    public void settleIfOrdered() {
        if (choice instanceof UserChoice.Numbers) {
            Thread trying = new Thread(this::settled, "mortise-worker-users");
            trying.setDaemon(true);
            trying.start();
        }
    }

    /** Finds it out, which takes some milliseconds the first time. */
    synchronized Standing settled() {
        if (standing instanceof Standing.Open || standing instanceof Standing.Refused) {
            standing = found();
        }
        return standing;
    }

    private Standing found() {
        if (choice instanceof UserChoice.Numbers numbers) {
            return trial.problem(numbers.range())
                    .map(why -> refused("workers.uids is " + numbers.range() + ", but " + why))
                    .orElseGet(() -> new Standing.Numbers(numbers.range()));
        }
        if (choice instanceof UserChoice.Own || !root) {
            return new Standing.Own(root ? Optional.of(warned("workers.uids is none.")) : Optional.empty());
        }
        UserRange range = UserChoice.Auto.RANGE;
        return trial.problem(range)
                .<Standing>map(
                        why -> new Standing.Own(Optional.of(warned("As users " + range + " it can't be: " + why))))
                .orElseGet(() -> new Standing.Numbers(range));
    }

    private Standing refused(String why) {
        Standing refused = new Standing.Refused(why);
        if (!refused.equals(standing)) {
            LOG.error("Processes of plugins are not started: {}", why);
        }
        return refused;
    }

    private static String warned(String why) {
        String sentence = "Processes of plugins run as root, who can read and end everything on this machine. " + why;
        LOG.warn("{}", sentence);
        return sentence;
    }
}
