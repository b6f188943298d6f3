// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.http.Body;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a piece of work of a plugin got and has not read to their end. Each may hold a connection, so all go
 * back when the work ends: a handler, a wrapped task, the end of a call in the background. {@link BoundContext} begins
 * and ends the work; there is an object only where something is held.
 */
public final class HeldAnswers {
    private static final ThreadLocal<@Nullable HeldAnswers> CURRENT = new ThreadLocal<>();

    // The monitor guards what follows: an answer may be read on another thread than that of the work.
    private final Set<HeldBody> held = new HashSet<>();
    private boolean ended;

    /** Who holds at the end of the work what is unread then; only the thread of the work asks and says. */
    private @Nullable HeldAnswers heir;

    private boolean outerInherits;

    private HeldAnswers() {}

    /** Begins a piece of work on this thread; answers what the work around it holds, for {@link #end}. */
    static @Nullable HeldAnswers begin() {
        HeldAnswers outer = CURRENT.get();
        if (outer != null) {
            CURRENT.set(null);
        }
        return outer;
    }

    /** Ends the piece of work of this thread. */
    static void end(@Nullable HeldAnswers outer) {
        HeldAnswers own = CURRENT.get();
        if (own != outer) {
            CURRENT.set(outer);
        }
        if (own != null) {
            own.giveBack(own.outerInherits ? here() : own.heir);
        }
    }

    /** Answers what this thread's piece of work holds. */
    public static HeldAnswers here() {
        HeldAnswers own = CURRENT.get();
        if (own == null) {
            own = new HeldAnswers();
            CURRENT.set(own);
        }
        return own;
    }

    /** Answers a body as this thread's piece of work holds it; one that holds nothing as it is. */
    public static Body hold(Body body) {
        if (!Unread.holds(body)) {
            return body;
        }
        HeldBody holding = new HeldBody(body);
        here().add(holding);
        return holding;
    }

    /** What this thread's piece of work has not read at its end goes to the work around it: its own answer streams from it. */
    public static void leaveToOuter() {
        HeldAnswers own = CURRENT.get();
        if (own != null) {
            own.outerInherits = true;
        }
    }

    /**
     * Answers who gets the answers of calls that this thread's piece of work leaves to the background: it does itself; but a
     * call in the background, on whose answer another one hangs, ends before that has its own, and leaves it to whom it
     * leaves all.
     */
    public static HeldAnswers heir() {
        HeldAnswers own = here();
        return own.heir == null ? own : own.heir;
    }

    /** What this thread's piece of work has not read at its end goes to another one, unless that has ended before. */
    public static void leaveTo(HeldAnswers heir) {
        here().heir = heir;
    }

    private boolean add(HeldBody body) {
        synchronized (this) {
            if (ended) {
                return false;
            }
            held.add(body);
        }
        body.heldBy(this);
        return true;
    }

    synchronized void remove(HeldBody body) {
        held.remove(body);
    }

    private void giveBack(@Nullable HeldAnswers next) {
        List<HeldBody> left;
        synchronized (this) {
            ended = true;
            left = List.copyOf(held);
            held.clear();
        }
        for (HeldBody body : left) {
            if (next == null || !next.add(body)) {
                body.close();
            }
        }
    }
}
