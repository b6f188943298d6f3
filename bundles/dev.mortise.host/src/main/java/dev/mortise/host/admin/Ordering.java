// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.OperatorOrders;
import dev.mortise.host.deploy.OperatorOrders.Answer;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries an order to the host, and answers when it is recorded. */
record Ordering(Orders orders, Supplier<HostSnapshot> snapshots) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Refuses an order that could not be recorded before anything happens for it. */
    void requireStore() {
        orders.store().deployment("");
    }

    /** Answers the generation that is recorded now. */
    long generation() {
        return answer(OperatorOrders::generation);
    }

    /** Asks on the thread that decides. */
    <T> T answer(Function<OperatorOrders, T> question) {
        try {
            return within(orders.ask(question));
        } catch (ExecutionException | TimeoutException e) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The container does not answer: " + e + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The order was taken back.");
        }
    }

    /** Carries an order that was looked at already; the message says what happens when it is taken. */
    Change carry(Function<OperatorOrders, Answer> order, String message) {
        try {
            requireStore();
            Answer answer = within(orders.ask(order));
            if (answer instanceof Answer.Refused refused) {
                return new Change.Refused(
                        refused.message(), refused.blockers(), items(refused.problems()), refused.generation());
            }
            return recorded((Answer.Taken) answer, message);
        } catch (ExecutionException e) {
            return unavailable(Optional.ofNullable(e.getCause()).orElse(e));
        } catch (MortiseException | TimeoutException e) {
            return unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable(e);
        }
    }

    /** An order that can't be recorded is taken back: who is told to try again must not find it carried out later. */
    private Change recorded(Answer.Taken taken, String message) throws InterruptedException {
        try {
            within(taken.recorded());
            return new Change.Accepted(taken.deployment(), message);
        } catch (ExecutionException | TimeoutException e) {
            var unused = orders.ask(desk -> {
                taken.undo().run();
                return true;
            });
            return e instanceof ExecutionException && e.getCause() != null ? unavailable(e.getCause()) : unavailable(e);
        }
    }

    List<Why.Item> items(List<Problem> problems) {
        Explanation explanation = new Explanation(snapshots.get());
        return problems.stream().map(explanation::item).toList();
    }

    Change.Refused refused(String message, List<PluginId> blockers) {
        return new Change.Refused(message, blockers, List.of(), snapshots.get().generation());
    }

    Change.Refused refused(Problem problem) {
        return new Change.Refused(
                problem.message(),
                List.of(),
                items(List.of(problem)),
                snapshots.get().generation());
    }

    private static <T> T within(CompletableFuture<T> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Change.Unavailable unavailable(Throwable why) {
        String reason = why instanceof MortiseException known ? known.getMessage() : "The database does not answer.";
        return new Change.Unavailable("The order can't be recorded now: " + reason + " Try again in a moment.");
    }

    static Change.Unavailable tooEarly() {
        return new Change.Unavailable("Mortise is starting or stopping. Try again in a moment.");
    }
}
