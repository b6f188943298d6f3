-- SPDX-License-Identifier: Apache-2.0
-- What each node runs, so that others leave the tables of it alone; and keys that reach beyond a tenant. An older release
-- records nothing here: of it, as before, only connections are seen.

CREATE TABLE mortise.running_plugin (
    node text NOT NULL,
    plugin_id text NOT NULL,
    version text NOT NULL,
    -- by this server's clock; whoever runs it renews it
    until timestamptz NOT NULL,
    PRIMARY KEY (node, plugin_id, version)
);

CREATE INDEX running_plugin_plugin_id ON mortise.running_plugin (plugin_id);

-- Tells whether the present script made or changed a row of the catalog: what another transaction made is older, for the
-- caller has the turn at its schema. A script that begins more subtransactions than that is judged as if it made nothing.
CREATE FUNCTION mortise.of_this_script(made xid) RETURNS boolean
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT age(made) BETWEEN -1000000 AND 0
$$;

-- The tables of the plugin that are divided by tenants, and the column that says whose a row is.
CREATE FUNCTION mortise.tenant_columns() RETURNS TABLE (relation oid, attnum smallint)
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.oid, k.conkey[1]
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND k.confrelid = 'mortise.tenant'::regclass AND cardinality(k.conkey) = 1
       AND c.relowner = session_user::text::regrole AND c.relrowsecurity
$$;

-- Foreign keys are checked past the policies of tenants: one that is not about rows of the same tenant lets a tenant refer
-- to rows of others, and tells by its error which there are. What older scripts made stays.
CREATE FUNCTION mortise.crossing_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'would let ''' || c.relname || ''' refer to rows of all tenants in ''' || p.relname
           || ''': a foreign key is checked past the policies of tenants; write FOREIGN KEY (tenant_id, …) REFERENCES '
           || p.relname || ' (tenant_id, …), with a unique key for it'
      FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid AND c.relowner = session_user::text::regrole
      JOIN pg_class p ON p.oid = k.confrelid
      JOIN mortise.tenant_columns() theirs ON theirs.relation = p.oid
     WHERE k.contype = 'f' AND k.conparentid = 0
       AND (mortise.of_this_script(k.xmin)
            OR EXISTS (SELECT FROM pg_policy made WHERE made.polrelid = p.oid AND mortise.of_this_script(made.xmin)))
       AND NOT EXISTS (
           SELECT FROM unnest(k.conkey, k.confkey) pair (mine, its)
             JOIN mortise.tenant_columns() own ON own.relation = c.oid AND own.attnum = pair.mine
            WHERE pair.its = theirs.attnum)
     ORDER BY c.relname, p.relname
$$;

-- Unique keys over the rows of all tenants, by whose error one tenant learns of values of another. Those of values that
-- nobody chooses tell nothing.
CREATE FUNCTION mortise.telling_keys() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT 'makes unique key ''' || i.relname || ''' of ''' || c.relname || ''' over the rows of all tenants: who writes a'
           || ' value that another tenant has is told that there is one; put tenant_id into the key'
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      JOIN pg_class c ON c.oid = x.indrelid
      JOIN mortise.tenant_columns() whose ON whose.relation = c.oid
     WHERE x.indisunique AND NOT c.relispartition
       AND whose.attnum <> ALL ((x.indkey::int2[])[0:x.indnkeyatts - 1])
       AND (mortise.of_this_script(x.xmin)
            OR EXISTS (SELECT FROM pg_policy made WHERE made.polrelid = c.oid AND mortise.of_this_script(made.xmin)))
       AND NOT (x.indnkeyatts = 1 AND EXISTS (
           SELECT FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = c.oid AND a.attnum = x.indkey[0]
              AND (a.attidentity <> '' OR a.atttypid = 'uuid'::regtype
                   OR pg_get_expr(d.adbin, d.adrelid) ~ '^nextval\(')))
     ORDER BY c.relname, i.relname
$$;

-- as in version 2, and then the keys
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
END
$$;

REVOKE ALL ON FUNCTION mortise.of_this_script(xid), mortise.tenant_columns(), mortise.crossing_keys(),
    mortise.telling_keys() FROM PUBLIC;

-- for the plugins that are there; a role of all owners that is made later has it from the start
DO $$
DECLARE
    owners text := format('m%s_owners', (SELECT value FROM mortise.meta WHERE key = 'database_id'));
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = owners) THEN
        EXECUTE format(
            'GRANT EXECUTE ON FUNCTION mortise.of_this_script(xid), mortise.tenant_columns(), mortise.crossing_keys(),
                mortise.telling_keys() TO %I', owners);
    END IF;
END
$$;
