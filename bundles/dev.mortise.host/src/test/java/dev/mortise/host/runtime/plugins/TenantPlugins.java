// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime.plugins;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.CallContexts;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.host.platform.Diary;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plugins that do something for each tenant. */
public final class TenantPlugins {
    private TenantPlugins() {}

    /** Writes down for whom it is started; throws, hangs or is stuck for tenants of such names. */
    @Component
    public static final class Noting implements PluginLifecycle {
        private final CallContexts contexts;

        /** Takes the contexts. */
        @Activate
        public Noting(@Reference CallContexts contexts) {
            this.contexts = contexts;
        }

        @Override
        public void start(TenantId tenant) throws Exception {
            if (tenant.value().equals("throws")) {
                throw new IllegalStateException("I don't like " + tenant + ".");
            }
            if (tenant.value().equals("hangs")) {
                hang();
            }
            if (tenant.value().startsWith("stuck")) {
                stick();
            }
            CallContext context = contexts.current();
            Diary.note("start " + context.tenant().orElseThrow() + " as "
                    + context.identity().id());
        }

        /** Does not end when it is interrupted. */
        private static void stick() {
            while (Diary.stuck.getCount() > 0) {
                try {
                    Diary.stuck.await();
                } catch (InterruptedException e) {
                    Diary.note("interrupted");
                }
            }
        }

        private static void hang() throws InterruptedException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Diary.note("interrupted");
                throw e;
            }
        }
    }
}
