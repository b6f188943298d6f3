// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.Reflective;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Stands before those commands of Felix that change bundles: a plugin's bundle belongs to Mortise, which would not know
 * why it stopped. Gogo takes the command of the highest ranking; everything but plugins is handed on to Felix's own.
 */
@Component(
        service = FelixGuard.class,
        property = {
            "osgi.command.scope=felix",
            "osgi.command.function=start",
            "osgi.command.function=stop",
            "osgi.command.function=update",
            "osgi.command.function=uninstall",
            "osgi.command.function=refresh",
            "osgi.command.function=bundlelevel",
            "service.ranking:Integer=1000"
        })
public final class FelixGuard {
    private static final String PLUGIN = "mortise:";

    private final BundleContext context;

    /** Guards the framework of this context. */
    @Activate
    public FelixGuard(BundleContext context) {
        this.context = context;
    }

    /** Starts bundles. */
    @Descriptor("starts bundles, but no plugins")
    public @Nullable Object start(CommandSession session, @Descriptor("as Felix has it") Object[] words)
            throws Exception {
        return guard(session, "start", words);
    }

    /** Stops bundles. */
    @Descriptor("stops bundles, but no plugins")
    public @Nullable Object stop(CommandSession session, @Descriptor("as Felix has it") Object[] words)
            throws Exception {
        return guard(session, "stop", words);
    }

    /** Updates a bundle. */
    @Descriptor("updates a bundle, but no plugin")
    public @Nullable Object update(CommandSession session, @Descriptor("as Felix has it") Object[] words)
            throws Exception {
        return guard(session, "update", words);
    }

    /** Uninstalls bundles. */
    @Descriptor("uninstalls bundles, but no plugins")
    public @Nullable Object uninstall(CommandSession session, @Descriptor("as Felix has it") Object[] words)
            throws Exception {
        return guard(session, "uninstall", words);
    }

    /** Refreshes bundles. */
    @Descriptor("refreshes bundles, but no plugins")
    public @Nullable Object refresh(CommandSession session, @Descriptor("as Felix has it") Object[] words)
            throws Exception {
        return guard(session, "refresh", words);
    }

    /** Shows or sets the start level of bundles. */
    @Descriptor("shows or sets the start level of bundles, but no plugins")
    public @Nullable Object bundlelevel(CommandSession session, @Descriptor("as Felix has it") Object[] words)
            throws Exception {
        return guard(session, "bundlelevel", words);
    }

    private @Nullable Object guard(CommandSession session, String function, Object[] words) throws Exception {
        Optional<Bundle> plugin = Arrays.stream(words)
                .flatMap(word -> bundles(session, word))
                .filter(bundle -> bundle.getLocation().startsWith(PLUGIN))
                .findFirst();
        if (plugin.isPresent()) {
            return refusal(function, plugin.get());
        }
        ServiceReference<?> felix = felix(function);
        if (felix == null) {
            return new Sentence("Felix's command '" + function + "' is not installed.");
        }
        Object commands = context.getService(felix);
        try {
            return Reflective.invoke(session, commands, function, List.of(words));
        } finally {
            context.ungetService(felix);
        }
    }

    private static Sentence refusal(String function, Bundle bundle) {
        String id = bundle.getLocation().substring(PLUGIN.length()).replaceFirst(":.*", "");
        return new Sentence("Bundle " + bundle.getBundleId() + " is plugin '" + id + "', which Mortise keeps: felix:"
                + function + " leaves it alone. Use 'restart " + id + "' or 'uninstall " + id + "'.");
    }

    private static Stream<Bundle> bundles(CommandSession session, Object word) {
        if (word instanceof Object[] many) {
            return Arrays.stream(many).flatMap(one -> bundles(session, one));
        }
        if (word instanceof Collection<?> many) {
            return many.stream().flatMap(one -> bundles(session, one));
        }
        try {
            return Stream.ofNullable((Bundle) session.convert(Bundle.class, word));
        } catch (IllegalArgumentException noBundle) {
            return Stream.empty(); // an option, or the address of a bundle that is still to be installed
        }
    }

    private @Nullable ServiceReference<?> felix(String function) throws InvalidSyntaxException {
        ServiceReference<?>[] found = context.getAllServiceReferences(
                null, "(&(osgi.command.scope=felix)(osgi.command.function=" + function + ")(!(service.ranking=1000)))");
        return found == null ? null : found[0];
    }
}
