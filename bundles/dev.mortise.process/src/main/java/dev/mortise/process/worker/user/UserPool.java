// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Gives users to processes, each to one at a time, on this host. Whoever asks for the same process again gets the same one, if it
 * is free.
 */
public final class UserPool {
    private final UserProcesses processes;

    // The monitor guards what is given.
    private final Set<Integer> given = new HashSet<>();

    /** Gives none yet. */
    public UserPool(UserProcesses processes) {
        this.processes = processes;
    }

    /**
     * Takes a user that nobody is.
     *
     * @param process for which: where the search begins
     * @param plugin for the sentence
     * @throws NoUser when there is none, naming the range and how many are given
     */
    public synchronized HeldUser take(String process, String plugin, UserRange range) throws NoUser {
        int begin = Math.floorMod(process.hashCode(), range.size());
        for (int i = 0; i < range.size(); i++) {
            Optional<HeldUser> user = take(range.first() + (begin + i) % range.size());
            if (user.isPresent()) {
                return user.get();
            }
        }
        throw new NoUser("No free user in " + range + " for plugin '" + plugin + "'. " + given.size() + " of "
                + range.size() + " are given to processes of this container, the others are in use elsewhere on this"
                + " machine. Widen workers.uids.");
    }

    private Optional<HeldUser> take(int number) {
        Optional<HeldUser> user = takeLeft(number);
        if (user.isPresent() && processes.any(number)) {
            user.get().close();
            return Optional.empty();
        }
        return user;
    }

    /** Takes a user whose processes an earlier container left; empty when another one has it now. */
    public synchronized Optional<HeldUser> takeLeft(int number) {
        Optional<HeldUser> user = given.contains(number) ? Optional.empty() : HeldUser.take(number, this::released);
        user.ifPresent(held -> given.add(number));
        return user;
    }

    private synchronized void released(HeldUser user) {
        given.remove(user.number());
    }

    /** Answers how many are given. */
    public synchronized int size() {
        return given.size();
    }
}
