-- SPDX-License-Identifier: Apache-2.0
-- What a script may leave in the catalog that later gets around the policies of tenants. All of a plugin's objects are judged,
-- also those that older scripts made: with them no tenant is safe from another.

-- Actions of rules run as the owner of the table, who sees all. What else is kept as an expression runs in the session of
-- whoever writes a row or reads a view, where a changed setting, such as the tenant, would stay for the next one. Indexes,
-- generated columns and parts of tables are not looked at: the server wants immutable functions there.
CREATE FUNCTION mortise.ways_around() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    -- functions that leave something on the session, or run a text that may; those of plugins are judged by themselves
    WITH leaving AS MATERIALIZED (
        SELECT p.oid FROM pg_proc p
         WHERE p.proowner <> (SELECT session_user::text::regrole)
           -- no regular expression: there are thousands of names, for every migration
           AND (p.proname IN ('set_config', 'setseed', 'set_limit', 'ts_stat', 'ts_rewrite', 'connectby')
                OR p.proname LIKE 'pg\_advisory\_lock%' OR p.proname LIKE 'pg\_advisory\_unlock%'
                OR p.proname LIKE 'pg\_try\_advisory\_lock%' OR p.proname LIKE '%\_to\_xml%'
                OR p.proname LIKE 'dblink%' OR p.proname LIKE 'crosstab%')
    ),
    own AS MATERIALIZED (
        SELECT c.oid, c.relname AS name FROM pg_class c WHERE c.relowner = (SELECT session_user::text::regrole)
    ),
    -- what is kept as an expression, as the server keeps it; an update of pg_settings is a change of settings too
    kept AS MATERIALIZED (
        SELECT 'view ''' || c.name || '''' AS thing, r.ev_action::text AS tree
          FROM pg_rewrite r JOIN own c ON c.oid = r.ev_class
        UNION ALL
        SELECT 'a default of ''' || c.name || '''', d.adbin::text
          FROM pg_attrdef d JOIN own c ON c.oid = d.adrelid
        UNION ALL
        SELECT 'constraint ''' || k.conname || '''', k.conbin::text
          FROM pg_constraint k
         WHERE k.conrelid IN (SELECT c.oid FROM own c)
            OR k.contypid IN (SELECT t.oid FROM pg_type t WHERE t.typowner = (SELECT session_user::text::regrole))
        UNION ALL
        SELECT 'trigger ''' || g.tgname || '''', g.tgqual::text
          FROM pg_trigger g JOIN own c ON c.oid = g.tgrelid
        UNION ALL
        SELECT 'policy ''' || p.polname || '''', concat(p.polqual::text, p.polwithcheck::text)
          FROM pg_policy p JOIN own c ON c.oid = p.polrelid
        UNION ALL
        SELECT 'domain ''' || t.typname || '''', t.typdefaultbin::text
          FROM pg_type t WHERE t.typowner = (SELECT session_user::text::regrole)
    ),
    -- functions with a text of their own, without comments
    bodies AS (
        SELECT p.proname AS name,
               regexp_replace(regexp_replace(p.prosrc, '/\*.*?\*/', ' ', 'g'), '--[^\n]*', ' ', 'g') AS text
          FROM pg_proc p WHERE p.proowner = (SELECT session_user::text::regrole) AND p.prokind <> 'a'
    )
    SELECT broken.clause FROM (
        SELECT 0 AS rank, 'would have rule ''' || r.rulename || ''' on ''' || c.name || ''', whose actions run as the owner'
               || ' of the table and see the rows of all tenants; write a trigger' AS clause
          FROM pg_rewrite r JOIN own c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
        UNION ALL
        SELECT 1, 'would have ' || k.thing || ', which changes settings of the session'
          FROM kept k
         WHERE strpos(k.tree, ':relid ' || 'pg_settings'::regclass::oid || ' ') > 0
            OR EXISTS (
                SELECT FROM leaving l
                 WHERE strpos(k.tree, ':funcid ' || l.oid || ' ') > 0 OR strpos(k.tree, ':aggfnoid ' || l.oid || ' ') > 0
                    OR strpos(k.tree, ':winfnoid ' || l.oid || ' ') > 0)
        UNION ALL
        SELECT 1, 'would have aggregate ''' || p.proname || ''', which changes settings of the session'
          FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid AND p.proowner = (SELECT session_user::text::regrole)
         WHERE EXISTS (
             SELECT FROM leaving l
              WHERE l.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn,
                              a.aggminvtransfn, a.aggmfinalfn))
        UNION ALL
        -- where a statement begins, also one that EXECUTE runs; SET LOCAL ends with the transaction
        SELECT 2, 'would have function ''' || b.name || ''', which changes settings of the session; write SET LOCAL, or SET'
               || ' as a clause of the function'
          FROM bodies b
         WHERE b.text ~* ('(^|;|\m(begin|then|else|loop)\M|\mexecute\s+(format\s*\(\s*)?(e?''|\$\w*\$))\s*'
                          '(set\s+(?!(local|constraints|transaction)\M)|reset\s+|discard\s+)'
                          -- no column of that name either
                          '(?!(end|else|when|then|and|or|is|in|from)\M)["a-z_%]')
    ) broken
    ORDER BY broken.rank, broken.clause
$$;

-- Tables that mortise.tenant_table divided by tenants and that are so no longer, though they still refer to the tenants.
CREATE FUNCTION mortise.undone_tables() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    WITH divided AS MATERIALIZED (
        SELECT c.oid, c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced
          FROM pg_class c
         WHERE c.relowner = (SELECT session_user::text::regrole)
           AND EXISTS (SELECT FROM pg_constraint k
                        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid = 'mortise.tenant'::regclass)
           -- any trace of it
           AND (EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname IN ('tenant', 'owner'))
                OR EXISTS (SELECT FROM pg_attrdef d
                            WHERE d.adrelid = c.oid AND pg_get_expr(d.adbin, d.adrelid) LIKE '%''mortise.tenant''%'))
    )
    SELECT broken.clause FROM (
        SELECT 0 AS rank, 'would turn the policies of tenants on ''' || d.name || ''' off; leave out DISABLE and NO FORCE ROW'
               || ' LEVEL SECURITY' AS clause
          FROM divided d WHERE NOT (d.enabled AND d.forced)
        UNION ALL
        SELECT 1, 'would drop or change policy ''tenant'' of ''' || d.name || ''', which keeps its tenants apart'
          FROM divided d
         WHERE NOT EXISTS (
             SELECT FROM pg_policy p,
                    (VALUES ('^\(\(?tenant_id\)?(::text)? = NULLIF\(current_setting\(''mortise\.tenant''::text, true\), ''''::text\)\)$'))
                        own (rows)
              WHERE p.polrelid = d.oid AND p.polname = 'tenant' AND p.polcmd = '*'
                AND p.polroles = ARRAY[regexp_replace(session_user, '_owner$', '_app')::regrole::oid]
                AND pg_get_expr(p.polqual, p.polrelid) ~ own.rows AND pg_get_expr(p.polwithcheck, p.polrelid) ~ own.rows)
        UNION ALL
        SELECT 2, 'would add policy ''' || p.polname || ''' to ''' || d.name || ''', which lets tenants at rows of others; a'
               || ' further policy must be AS RESTRICTIVE'
          FROM divided d JOIN pg_policy p ON p.polrelid = d.oid
         WHERE p.polpermissive AND p.polname <> 'tenant' AND NOT p.polroles <@ ARRAY[session_user::text::regrole::oid]
    ) broken
    ORDER BY broken.rank, broken.clause
$$;

-- as in version 11, and then these
CREATE OR REPLACE FUNCTION mortise.check_names() RETURNS void
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plugin text := mortise.plugin_of_session();
    home oid := ('p_' || plugin)::regnamespace;
    maker oid := session_user::text::regrole;
    makers oid := regexp_replace(session_user, '^(m[0-9a-f]{8}_).*$', '\1owners')::regrole;
    reader oid := regexp_replace(session_user, '_owner$', '_app')::regrole;
    core oid := (SELECT nspowner FROM pg_namespace WHERE nspname = 'mortise');
    broken text;
BEGIN
    FOR broken IN SELECT v FROM mortise.violations(home, maker, makers, reader, core, 'p_' || plugin || '__') v LOOP
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = broken;
    END LOOP;
    FOR broken IN SELECT k FROM mortise.crossing_keys() k LOOP
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = broken;
    END LOOP;
    FOR broken IN SELECT w FROM mortise.ways_around() w LOOP
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = broken;
    END LOOP;
    FOR broken IN SELECT u FROM mortise.undone_tables() u LOOP
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = broken;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION mortise.ways_around(), mortise.undone_tables() FROM PUBLIC;

-- for the plugins that are there; a role of all owners that is made later has it from the start
DO $$
DECLARE
    owners text := format('m%s_owners', (SELECT value FROM mortise.meta WHERE key = 'database_id'));
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = owners) THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION mortise.ways_around(), mortise.undone_tables() TO %I', owners);
    END IF;
END
$$;
