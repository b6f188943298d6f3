// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Preview;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Group;
import dev.mortise.kernel.model.Deployment.Member;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.PluginId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How plans, deployments and refused orders look. */
record DeploymentTexts(Clock clock) {
    private static final int SHOWN = 2; // plugins in a row of the list

    Page list(DeploymentList list) {
        Table table = new Table("ID", "STATE", "TRIGGER", "GEN", "WHEN", "MS", "PLUGINS", "REASON");
        list.deployments()
                .forEach(deployment -> table.row(
                        deployment.id(),
                        deployment.state().name(),
                        deployment.trigger().name(),
                        Long.toString(deployment.generation()),
                        Age.of(deployment.startedAt(), clock.instant()),
                        Long.toString(millis(deployment)),
                        some(deployment),
                        reasons(deployment).findFirst().orElse("")));
        return new Page().table(table, "There was no deployment yet.");
    }

    Page one(Deployment deployment) {
        Page page = new Page().line(headline(deployment)).line(deployment.reason());
        deployment.groups().forEach(group -> page.line("  " + members(group) + ": " + group.state())
                .line(group.reason().map(reason -> "    " + reason)));
        if (!deployment.steps().isEmpty()) {
            Table steps = new Table("MS", "STEP", "STATE", "PLUGIN");
            deployment
                    .steps()
                    .forEach(step -> steps.row(
                            Long.toString(step.ms()),
                            step.phase().name(),
                            step.state().name(),
                            step.plugin()));
            page.line("").table(steps, "");
        }
        page.section(
                "Leaks",
                deployment.leaks().stream()
                        .map(leak -> leak.plugin() + " " + leak.version() + ": " + leak.verdict())
                        .toList());
        return deployment.state() == State.RUNNING ? page.line(look(deployment.id())) : page;
    }

    Page accepted(Change.Accepted accepted) {
        return new Page().line(accepted.message()).line(look(accepted.deployment()));
    }

    Page refused(Change.Refused refused) {
        Page page = new Page().line(refused.message());
        problems(page, refused.message(), refused.problems());
        return page.line(
                "In the way",
                refused.blockers().stream().map(PluginId::value).sorted().toList());
    }

    Page notTaken(String message, List<Why.Item> problems) {
        Page page = new Page().line(message);
        problems(page, message, problems);
        return page;
    }

    Page plan(Preview.Planned plan) {
        Page page = new Page()
                .line(plan.groups().isEmpty() ? "Nothing would change." : "This would change, each group at once:");
        plan.groups()
                .forEach(group -> page.line(
                        "  " + group.steps().stream().map(DeploymentTexts::step).collect(Collectors.joining(", "))));
        judged(page, "This would wait:", plan.waiting());
        judged(page, "This would be refused:", plan.refused());
        return page;
    }

    private static void judged(Page page, String heading, List<Preview.Judged> judged) {
        if (!judged.isEmpty()) {
            page.line(heading);
        }
        judged.forEach(one -> {
            page.line("  " + one.plugin() + " " + one.version());
            problems(page, "", one.problems());
        });
    }

    /** Tells what was not told yet. */
    private static void problems(Page page, String told, List<Why.Item> problems) {
        for (Why.Item problem : problems) {
            if (!told.contains(problem.message())) {
                page.line("    " + problem.message());
            }
            if (!told.contains(problem.remedy()) && !problem.message().contains(problem.remedy())) {
                page.line("    Remedy: " + problem.remedy());
            }
        }
    }

    private static String step(Preview.Step step) {
        return step.action() + " " + step.plugin() + " " + step.version();
    }

    private String headline(Deployment deployment) {
        return "Deployment " + deployment.id()
                + (deployment.state() == State.RUNNING ? " runs for " : " is " + deployment.state() + " after ")
                + millis(deployment) + " ms (generation " + deployment.generation() + ", by " + deployment.trigger()
                + ").";
    }

    private static String look(String deployment) {
        return "'deployments " + deployment + "' shows how it ends.";
    }

    private static Stream<String> reasons(Deployment deployment) {
        return Stream.concat(
                        Stream.of(deployment.reason()),
                        deployment.groups().stream().map(Group::reason))
                .flatMap(Optional::stream);
    }

    private long millis(Deployment deployment) {
        return Duration.between(deployment.startedAt(), deployment.finishedAt().orElseGet(clock::instant))
                .toMillis();
    }

    /** Answers the first plugins, and how many more there are: the reason beside them needs its place. */
    private static String some(Deployment deployment) {
        List<String> all = deployment.groups().stream()
                .flatMap(group -> group.plugins().stream())
                .map(DeploymentTexts::member)
                .toList();
        int shown = Math.min(all.size(), SHOWN);
        return String.join(", ", all.subList(0, shown))
                + (all.size() > shown ? " and " + (all.size() - shown) + " more" : "");
    }

    private static String members(Group group) {
        return group.plugins().stream().map(DeploymentTexts::member).collect(Collectors.joining(", "));
    }

    private static String member(Member member) {
        return member.id()
                + member.from().map(from -> " " + from).orElse("")
                + member.to().map(to -> " -> " + to).orElse(" -> gone");
    }
}
