// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.program.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Gogo shell on the terminal or on a pipe. The types of Gogo belong to its bundle, hence the reflection. */
public record Shell(BundleContext context, Terminal terminal) {
    private static final Logger LOG = LoggerFactory.getLogger(Shell.class);
    private static final String PROCESSOR = "org.apache.felix.service.command.CommandProcessor";
    private static final String SESSION = "org.apache.felix.service.command.CommandSession";

    /** Read commands on a thread of its own; the end of the input stops the framework. */
    public void start() {
        ServiceReference<?> reference = context.getServiceReference(PROCESSOR);
        if (reference == null) {
            LOG.warn("This edition has no shell: no service {}", PROCESSOR);
            return;
        }
        Thread thread = new Thread(() -> run(reference), "mortise-shell");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(ServiceReference<?> reference) {
        try {
            Class<?> processorType = reference.getBundle().loadClass(PROCESSOR);
            Method createSession =
                    processorType.getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class);
            Object session = createSession.invoke(
                    context.getService(reference), new TerminalInput(terminal.in()), terminal.out(), terminal.err());
            Class<?> sessionType = reference.getBundle().loadClass(SESSION);
            if (terminal.columns().isPresent()) {
                sessionType
                        .getMethod("put", String.class, Object.class)
                        .invoke(session, "COLUMNS", terminal.columns().get());
            }
            sessionType.getMethod("execute", CharSequence.class).invoke(session, "gosh --login");
        } catch (ReflectiveOperationException | IllegalStateException e) {
            LOG.warn("The shell ended", e);
        }
    }
}
