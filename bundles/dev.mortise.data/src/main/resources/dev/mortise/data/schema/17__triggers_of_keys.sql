-- SPDX-License-Identifier: Apache-2.0
-- What a foreign key does to rows (CASCADE, SET NULL, SET DEFAULT) it does as the owner of their table, past all policies, and so
-- do the triggers that it fires before them; since version 18 of the server those that it fires after them run as the owner too.

-- Whose rows the owner sees: all of them where it logged in itself, and where the core acts for it and names no tenant; in a
-- session of the plugin, which it gets into by a foreign key alone, those of the tenant that the session is for.
CREATE FUNCTION mortise.rows_of_owner(owner text) RETURNS text
LANGUAGE sql IMMUTABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('session_user = %L OR tenant_id = coalesce(nullif(current_setting(''mortise.tenant'', true), ''''), '
                  || 'CASE WHEN session_user <> %L THEN tenant_id END)', owner, regexp_replace(owner, '_owner$', '_app'))
$$;

-- as in version 2, but for the owner's policy
CREATE OR REPLACE FUNCTION mortise.tenant_table(table_name text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place text := format('%I.%I', 'p_' || mortise.plugin_of_session(), table_name);
    relation regclass := to_regclass(place);
    app text := regexp_replace(session_user, '_owner$', '_app');
    tenant text := 'nullif(current_setting(''mortise.tenant'', true), '''')';
    shown text := mortise.rows_of_owner(session_user);
BEGIN
    IF relation IS NULL THEN
        RAISE EXCEPTION 'mortise.tenant_table: there is no table %', place;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation AND attname = 'tenant_id' AND NOT attisdropped) THEN
        EXECUTE format('ALTER TABLE %s ADD COLUMN tenant_id text', place);
    END IF;
    EXECUTE format('ALTER TABLE %s ALTER COLUMN tenant_id SET DEFAULT %s, ALTER COLUMN tenant_id SET NOT NULL', place, tenant);
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = relation AND confrelid = 'mortise.tenant'::regclass) THEN
        EXECUTE format('ALTER TABLE %s ADD FOREIGN KEY (tenant_id) REFERENCES mortise.tenant (id) ON DELETE CASCADE', place);
    END IF;
    IF NOT EXISTS (
        SELECT FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[0]
         WHERE x.indrelid = relation AND a.attname = 'tenant_id') THEN
        EXECUTE format('CREATE INDEX ON %s (tenant_id)', place);
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', place);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', place);
    EXECUTE format('CREATE POLICY tenant ON %s TO %I USING (tenant_id = %s) WITH CHECK (tenant_id = %s)', place, app, tenant, tenant);
    EXECUTE format('CREATE POLICY owner ON %s TO %I USING (%s) WITH CHECK (%s)', place, session_user, shown, shown);
END
$$;

-- Triggers that a foreign key fires before rows of their table change, and that reach tables of tenants: no policy holds there.
-- Which they reach is read from their texts, through any number of the plugin's functions.
CREATE FUNCTION mortise.triggers_of_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE own AS MATERIALIZED (
        SELECT c.oid, c.relname AS name, c.relrowsecurity AS divided, c.relkind AS kind
          FROM pg_class c WHERE c.relowner = (SELECT session_user::text::regrole) AND c.relkind IN ('r', 'p', 'v')
    ),
    -- also what is made while it runs, and tables whose own triggers may lead on
    reached AS MATERIALIZED (
        SELECT '\mexecute\M|\m(' || string_agg(o.name, '|') || ')\M' AS pattern
          FROM own o
         WHERE o.divided OR o.kind = 'v' OR EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = o.oid AND NOT g.tgisinternal)
        HAVING bool_or(o.divided)
    ),
    -- functions with a text of their own, without comments
    bodies AS MATERIALIZED (
        SELECT p.oid, p.proname AS name,
               regexp_replace(
                   regexp_replace(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), '/\*.*?\*/', ' ', 'g'),
                   '--[^\n]*', ' ', 'g') AS text
          FROM pg_proc p WHERE p.proowner = (SELECT session_user::text::regrole) AND p.prokind <> 'a'
    ),
    reaching AS (
        SELECT b.oid, b.name FROM bodies b JOIN reached r ON b.text ~* r.pattern
        UNION
        SELECT b.oid, b.name FROM bodies b JOIN reaching r ON b.text ~* ('\m' || r.name || '\s*\(')
    )
    SELECT 'would have trigger ''' || g.tgname || ''' of ''' || c.name || ''', which foreign key ''' || k.conname
           || ''' fires as the owner of the table, who sees the rows of all tenants; write it as an AFTER trigger'
      FROM pg_trigger g
      JOIN own c ON c.oid = g.tgrelid
      JOIN reaching f ON f.oid = g.tgfoid
      JOIN pg_constraint k ON k.contype = 'f' AND k.conrelid = c.oid AND k.conparentid = 0
                          -- no row is left when a tenant itself goes
                          AND k.confrelid <> 'mortise.tenant'::regclass
     WHERE NOT g.tgisinternal AND g.tgtype & 2 = 2
       AND (g.tgtype & 8 = 8 AND k.confdeltype = 'c'
            OR g.tgtype & 16 = 16 AND (k.confdeltype IN ('n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))
               AND (g.tgattr::text = '' OR g.tgattr::int2[] && k.conkey))
     ORDER BY c.name, g.tgname, k.conname
$$;

-- as in version 16, and then the triggers
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
    FOR broken IN SELECT t FROM mortise.triggers_of_keys() t LOOP
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = broken;
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION mortise.rows_of_owner(text), mortise.triggers_of_keys() FROM PUBLIC;

-- For the plugins that are there; a role of all owners that is made later has it from the start. Their tables get the policy
-- of now. A table that somebody works with for longer holds nobody up: the next attempt comes by itself.
DO $$
DECLARE
    id text := (SELECT value FROM mortise.meta WHERE key = 'database_id');
    owners text := format('m%s_owners', id);
    tables record;
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = owners) THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION mortise.rows_of_owner(text), mortise.triggers_of_keys() TO %I', owners);
    END IF;
    PERFORM set_config('lock_timeout', '500ms', true);
    FOR tables IN
        SELECT c.oid::regclass AS place, r.rolname AS owner, mortise.rows_of_owner(r.rolname) AS shown
          FROM pg_policy p
          JOIN pg_class c ON c.oid = p.polrelid
          JOIN pg_roles r ON r.oid = c.relowner AND r.rolname ~ ('^m' || id || '_.+_owner$')
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
          JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
                              AND k.confrelid = 'mortise.tenant'::regclass
         WHERE p.polname = 'owner' AND p.polcmd = '*' AND p.polroles = ARRAY[c.relowner]
           AND pg_get_expr(p.polqual, c.oid) = 'true' AND pg_get_expr(p.polwithcheck, c.oid) = 'true'
         ORDER BY c.oid
    LOOP
        EXECUTE format('SET LOCAL ROLE %I', tables.owner);
        EXECUTE format('ALTER POLICY owner ON %s USING (%s) WITH CHECK (%s)', tables.place, tables.shown, tables.shown);
        RESET ROLE;
    END LOOP;
END
$$;
