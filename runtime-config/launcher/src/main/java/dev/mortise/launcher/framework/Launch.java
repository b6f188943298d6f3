// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.framework;

import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.Settings;
import dev.mortise.launcher.feature.Edition;
import dev.mortise.launcher.home.Home;
import dev.mortise.launcher.program.Distribution;

/** All that a container is started from. */
public record Launch(Distribution distribution, Home home, Edition edition, Schema schema, Settings settings) {}
