// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The account that the server's programs run under. PostgreSQL refuses to run as root, so root hides behind a user
 * namespace or changes to another user.
 *
 * @param name what it is called in messages
 * @param prefix what stands before a command
 * @param oneArgument whether the command is passed as one argument for a shell
 * @param owner who must own the files, as {@code uid:gid}; empty for the user that Mortise runs as
 */
record Account(String name, List<String> prefix, boolean oneArgument, Optional<String> owner) {
    /** The user that Mortise runs as. */
    static final Account SELF = new Account("this user", List.of(), false, Optional.empty());

    Account {
        prefix = List.copyOf(prefix);
    }

    /** Answers what root tries, best first; the ids are those of the user to change to without namespaces. */
    static List<Account> forRoot(String user, int uid, int gid) {
        Optional<String> owner = Optional.of(uid + ":" + gid);
        return List.of(
                new Account("unshare", List.of("unshare", "-U"), false, Optional.of("0:0")),
                new Account(
                        "setpriv",
                        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"),
                        false,
                        owner),
                new Account("runuser", List.of(runuser(), "-u", user, "--"), false, owner),
                new Account("su", List.of("su", "-s", "/bin/sh", user, "-c"), true, owner));
    }

    /** Answers it by its place: the PATH of a user who became root need not lead there. */
    private static String runuser() {
        return Stream.of("/usr/sbin/runuser", "/sbin/runuser")
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElse("runuser");
    }

    /** Tells whether the files must be reachable for another user. */
    boolean foreign() {
        return owner.isPresent() && !owner.get().equals("0:0");
    }

    /** Answers the command as this account runs it. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        if (oneArgument) {
            whole.add("exec " + command.stream().map(Account::quoted).collect(Collectors.joining(" ")));
        } else {
            whole.addAll(command);
        }
        return whole;
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }
}
