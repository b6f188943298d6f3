// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Keeps what the components of its plugin did and which services of the platform came, in that order. */
@Component(
        immediate = true,
        service = {Diary.class, Supplier.class})
public final class Diary implements Supplier<List<String>> {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Begins to listen. */
    @Activate
    public Diary(BundleContext context) {
        context.addServiceListener(this::heard);
    }

    void note(String line) {
        lines.add(line);
    }

    @Override
    public List<String> get() {
        return List.copyOf(lines);
    }

    private void heard(ServiceEvent event) {
        boolean ofPlatform = event.getServiceReference().getProperty("mortise.bundle.id") != null;
        if (event.getType() == ServiceEvent.REGISTERED && ofPlatform) {
            String[] types = (String[]) event.getServiceReference().getProperty(Constants.OBJECTCLASS);
            note(types[0] + " came");
        }
    }
}
