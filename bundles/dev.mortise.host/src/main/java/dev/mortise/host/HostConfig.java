// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

/** Plugins and the watched folder; keys and defaults are those of {@code etc/host.properties}. */
@interface HostConfig {
    /** Where the container lives. */
    String mortise_home() default "";

    /** Names of the suppliers of platform services that must be there before the first plugin is started. */
    String platform$_$services() default "gateway,data,json,shared-data,config";

    /** Milliseconds without a further arrival until what arrived is planned as one set. */
    int folder_quiet$_$ms() default 150;

    /** Milliseconds between looks at the folder although nothing was heard. */
    int folder_rescan$_$ms() default 1000;

    /** Subfolders that are watched, so many deep. */
    int folder_depth() default 4;

    /** Largest jar, in megabytes. */
    int intake_max$_$jar$_$mb() default 64;

    /** Most entries of a jar. */
    int intake_max$_$entries() default 10_000;

    /** Most that a jar may unpack to, in megabytes. */
    int intake_max$_$unpacked$_$mb() default 512;

    /** Highest ratio of unpacked to packed size. */
    int intake_max$_$ratio() default 100;

    /** Versions of each plugin that ran last and whose bytes are kept, for a way back. */
    int store_kept$_$versions() default 5;

    /** Whose jars are taken: any, or signed. */
    String intake_policy() default "any";

    /** The certificates that signed jars are measured by, below the home. */
    String intake_trusted$_$certificates() default "etc/trusted-signers.pem";

    /** Plugins that are started at the same time. */
    int start_parallel() default 4;

    /** Seconds that each thing of a start may take: activator, component, hook, routes(). */
    int start_deadline$_$s() default 30;

    /** Milliseconds that components may be unsatisfied while nothing of their plugin moves. */
    int start_settle$_$ms() default 500;

    /** Seconds that the hook stop() may take. */
    int stop_deadline$_$s() default 5;

    /** Seconds that the whole container may take to stop. */
    int shutdown_limit$_$s() default 60;

    /** Seconds that calls of a replaced or removed version may take to end. */
    int drain_deadline$_$s() default 30;

    /** Milliseconds between questions to health checks of plugins. */
    int health_interval$_$ms() default 500;

    /** Milliseconds that the health checks of a plugin may take to answer. */
    int health_timeout$_$ms() default 2000;

    /** For which tenants a plugin is enabled about which nothing was decided: all or none. */
    String installations_policy() default "all";

    /** Seconds that the hook start() of a plugin may take for one tenant. */
    int tenant$_$start_deadline$_$s() default 10;

    /** Tenants that a plugin is started for at the same time. */
    int tenant$_$start_parallel() default 8;

    /** Tenants that a version is started for before it is switched in. */
    int tenant$_$start_eager() default 50;

    /** Seconds within which a tenant must have called to get a process before its plugin is moved there. */
    int tenant$_$start_lately$_$s() default 300;

    /** Hooks of a plugin that may hang, each for another tenant, before none of its hooks is called any more. */
    int tenant$_$hooks_hanging$_$max() default 16;

    /** Seconds that the hook disable() of a plugin may take. */
    int tenant$_$disable_deadline$_$s() default 5;

    /** Seconds that the hook validateAuth() of a plugin may take. */
    int tenant$_$auth_deadline$_$s() default 10;

    /** Seconds that the hooks configUpdated() and connected() of a plugin may take. */
    int tenant$_$notice_deadline$_$s() default 10;

    /** Kilobytes of what a tenant may give to a plugin, as it is kept. */
    int settings_max$_$kb() default 256;

    /** Seconds that the credential of a process of a plugin is good; it gets another one after half of that. */
    int worker_credential$_$s() default 3600;

    /** Seconds that an authorization server may take to answer. */
    int oauth_deadline$_$s() default 10;

    /** Kilobytes that its answer may have. */
    int oauth_answer$_$max$_$kb() default 64;

    /** Seconds that a request to connect a plugin may be under way. */
    int oauth_request$_$s() default 600;

    /** Such requests of one plugin for one tenant. */
    int oauth_requests$_$max() default 20;

    /** Seconds before its end that an access token is renewed. */
    int oauth_refresh$_$before$_$s() default 300;

    /** Seconds after a renewal that failed until it is tried again. */
    int oauth_retry$_$s() default 30;

    /** Renewals that run at once. */
    int oauth_threads() default 8;

    /** Addresses that browsers may come back by, between commas. */
    String oauth_redirect$_$uris() default "";

    /** Whether class loaders of versions that are gone are watched. */
    boolean leak_check() default true;

    /** Seconds that such a loader may stay before a collection is requested for it. */
    int leak_after$_$s() default 10;

    /** Least seconds between two such requests; 0 for none. */
    int leak_collection$_$every$_$s() default 60;

    /** Verdicts that are remembered. */
    int leak_kept() default 100;
}
