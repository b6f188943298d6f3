// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class MinimalEditionIT {
    @Inject
    private BundleContext context;

    @Configuration
    public Option[] edition() throws IOException {
        return new Option[] {
            Edition.boot("minimal", Home.of(MinimalEditionIT.class).withExamples("crm"))
        };
    }

    @Test
    public void everyBundleIsActive() {
        assertEquals(List.of(), new BootedContainer(context).idleBundles());
    }

    @Test
    public void startsAPlugin() throws Exception {
        new BootedContainer(context).awaitReady("crm");
    }
}
