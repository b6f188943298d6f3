-- SPDX-License-Identifier: Apache-2.0
-- Plugins' tables: schema p_<plugin>, owned by the core user; role m<database id>_<plugin>_owner makes what is in it,
-- role m<database id>_<plugin>_app works with it. <plugin> has underscores where the id has hyphens.

DO $$
BEGIN
    EXECUTE format('REVOKE TEMPORARY, CREATE ON DATABASE %I FROM PUBLIC', current_database());
    IF pg_has_role((SELECT nspowner FROM pg_namespace WHERE nspname = 'public'), 'USAGE') THEN
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    END IF;
END
$$;

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- the plugin that logged in as owner; whoever calls as anybody else is refused
CREATE FUNCTION mortise.plugin_of_session() RETURNS text
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    plugin text := substring(session_user FROM '^m[0-9a-f]{8}_(.+)_owner$');
BEGIN
    IF plugin IS NULL THEN
        RAISE EXCEPTION '% is no owner of a plugin''s schema', session_user;
    END IF;
    RETURN plugin;
END
$$;

-- EXECUTE refuses COMMIT, ROLLBACK and SAVEPOINT wherever they hide, so that a script is all or nothing
CREATE FUNCTION mortise.run_script(script text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER AS $$
BEGIN
    EXECUTE script;
END
$$;

-- What a plugin's owner made or changed that it may not, each as the rest of a sentence that begins with the migration.
-- It is a member of 'makers', which has what the core gives to all of them, and must never own anything.
CREATE FUNCTION mortise.violations(home oid, maker oid, makers oid, reader oid, core oid, prefix text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE made AS (
        SELECT c.relname::text AS name, c.relnamespace AS place, c.relowner AS owner,
               CASE WHEN c.relkind IN ('i', 'I', 'S') THEN 63 ELSE 55 END AS longest
          FROM pg_class c
         WHERE (c.relowner = maker OR c.relnamespace = home) AND c.relnamespace <> 'pg_toast'::regnamespace
        UNION ALL
        SELECT p.proname, p.pronamespace, p.proowner, 55
          FROM pg_proc p
         WHERE (p.proowner = maker OR p.pronamespace = home)
           -- the constructors of a range type, which are called as it is and belong to the superuser
           AND NOT EXISTS (
               SELECT FROM pg_depend d JOIN pg_type t ON t.oid = d.refobjid AND t.typowner = maker AND t.typtype IN ('r', 'm')
                WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_type'::regclass
                  AND d.deptype = 'i')
        UNION ALL
        SELECT t.typname, t.typnamespace, t.typowner, CASE WHEN t.typtype = 'm' THEN 63 ELSE 55 END
          FROM pg_type t
         WHERE (t.typowner = maker OR t.typnamespace = home)
           AND t.typrelid = 0 AND NOT EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid)
    ),
    -- functions with a text of their own; materialized so that no other function is looked at
    functions AS MATERIALIZED (
        SELECT p.oid, p.proname AS name, p.prosecdef AS definer
          FROM pg_proc p WHERE p.proowner = maker AND p.prokind <> 'a'
    ),
    -- materialized views and what they read, through any number of views
    kept AS (
        SELECT c.oid AS view, c.relname AS name, c.oid AS reads
          FROM pg_class c WHERE c.relowner = maker AND c.relkind = 'm'
        UNION
        SELECT k.view, k.name, d.refobjid
          FROM kept k
          JOIN pg_rewrite r ON r.ev_class = k.reads
          JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                          AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> k.reads
    ),
    granted AS (
        SELECT '''' || c.relname || '''' AS thing, x.*
          FROM pg_class c, aclexplode(c.relacl) x WHERE c.relowner = maker
        UNION ALL
        SELECT 'column ''' || t.attname || ''' of ''' || c.relname || '''', x.*
          FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) x WHERE c.relowner = maker
        UNION ALL
        SELECT 'objects to come', x.*
          FROM pg_default_acl d, aclexplode(d.defaclacl) x WHERE d.defaclrole = maker
        UNION ALL
        SELECT '''' || p.proname || '''', x.*
          FROM pg_proc p, aclexplode(p.proacl) x WHERE p.proowner = maker AND (x.grantee <> 0 OR x.is_grantable)
        UNION ALL
        SELECT '''' || t.typname || '''', x.*
          FROM pg_type t, aclexplode(t.typacl) x WHERE t.typowner = maker AND (x.grantee <> 0 OR x.is_grantable)
    )
    SELECT broken.clause FROM (
        -- such a cursor runs its query at the commit: after this check
        SELECT 0 AS rank, 'would keep cursor "' || c.name || '" over its end, which plugins may not' AS clause
          FROM pg_cursors c WHERE c.is_holdable
        UNION ALL
        SELECT 1,
               'would create ''' || CASE WHEN m.place = home THEN '' ELSE m.place::regnamespace || '.' END || m.name
               || ''', which is outside ' || prefix
          FROM made m
         WHERE m.owner <> maker OR m.place <> home OR m.name !~ ('^(idx_)?' || prefix || '[a-z0-9_]+$')
        UNION ALL
        SELECT 2, 'would create ''' || m.name || ''', whose name has ' || octet_length(m.name) || ' bytes; '
               || m.longest || ' are allowed'
          FROM made m WHERE octet_length(m.name) > m.longest
        UNION ALL
        SELECT 3, 'would create ' || pg_describe_object(d.classid, d.objid, d.objsubid) || ', which plugins may not have'
          FROM pg_shdepend d
         WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid IN (maker, makers) AND d.deptype = 'o'
           AND d.dbid IN (0, (SELECT b.oid FROM pg_database b WHERE b.datname = current_database()))
           AND (d.refobjid = makers
                OR d.classid NOT IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass,
                                     'pg_default_acl'::regclass))
        UNION ALL
        SELECT 3, 'would create ' || pg_describe_object('pg_cast'::regclass, c.oid, 0) || ', which plugins may not have'
          FROM pg_cast c JOIN pg_type t ON t.oid IN (c.castsource, c.casttarget)
         WHERE t.typowner = maker
           -- a range type's own cast to its multirange
           AND NOT EXISTS (SELECT FROM pg_range r WHERE r.rngtypid = c.castsource AND r.rngmultitypid = c.casttarget)
        UNION ALL
        SELECT 4, 'would create function ''' || f.name || ''' as SECURITY DEFINER, which plugins may not have'
          FROM functions f WHERE f.definer
        UNION ALL
        SELECT 4, 'would create function ''' || f.name || ''', which changes settings of the session'
          FROM functions f
         WHERE pg_get_functiondef(f.oid)
               ~* '\mset_config\M|\mset\s+((session|local)\s+)?"?mortise|\mdiscard\M|\mreset\s+(all\M|"?mortise)'
        UNION ALL
        SELECT 5, 'would create view ''' || c.relname || ''', which shows the rows of all tenants; write CREATE VIEW '
               || c.relname || ' WITH (security_invoker = true)'
          FROM pg_class c
         WHERE c.relowner = maker AND c.relkind = 'v'
           AND NOT EXISTS (SELECT FROM pg_options_to_table(c.reloptions) o
                            WHERE o.option_name = 'security_invoker' AND o.option_value::boolean)
        UNION ALL
        SELECT 5, 'would create materialized view ''' || k.name || ''', which keeps rows of all tenants from '''
               || c.relname || ''''
          FROM kept k JOIN pg_class c ON c.oid = k.reads AND c.relrowsecurity
        UNION ALL
        SELECT 5, 'would leave ''' || c.relname || ''', a part of ''' || p.relname
               || ''', without the policies of tenants; call mortise.tenant_table(''' || c.relname || ''') too'
          FROM pg_inherits i
          JOIN pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
                         AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
          JOIN pg_class p ON p.oid = i.inhparent AND p.relrowsecurity
         WHERE c.relowner = maker
        UNION ALL
        SELECT 6, 'would grant ' || g.privilege_type || ' on ' || g.thing || ' to '
               || CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END || ', which plugins may not'
          FROM granted g
         WHERE g.grantee <> maker
           AND (g.grantee <> reader OR g.is_grantable
                OR g.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'USAGE', 'EXECUTE'))
        UNION ALL
        SELECT 6, 'would change its default privileges, which plugins may not'
         WHERE (SELECT count(*) FROM pg_default_acl d WHERE d.defaclrole = maker) <> 2
        UNION ALL
        SELECT 7, 'would make ' || m.member::regrole || ' a member of ' || m.roleid::regrole || ', which plugins may not'
          FROM pg_auth_members m
         WHERE m.roleid IN (maker, reader) AND m.member <> core
            OR m.member IN (maker, reader) AND NOT (m.member = maker AND m.roleid = makers AND NOT m.admin_option)
        UNION ALL
        SELECT 7, 'would change the settings of role ' || s.setrole::regrole || ', which plugins may not'
          FROM pg_db_role_setting s WHERE s.setrole IN (maker, reader)
        UNION ALL
        SELECT 8, 'would reference ' || k.confrelid::regclass || ' from ''' || c.relname || ''' without ON DELETE CASCADE'
          FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         WHERE c.relowner = maker AND k.contype = 'f' AND k.confrelid = 'mortise.tenant'::regclass
           AND k.confdeltype <> 'c'
        UNION ALL
        SELECT 8, 'would reference ' || k.confrelid::regclass || ' from ''' || c.relname
               || ''' without an index on the column'
          FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         WHERE c.relowner = maker AND k.contype = 'f' AND k.confrelid = 'mortise.tenant'::regclass
           AND NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = k.conrelid AND x.indkey[0] = k.conkey[1])
    ) broken
    ORDER BY broken.rank, broken.clause
$$;

-- The gate at the end of every script. It stops at the first violation; every lookup below fails when it finds nothing.
CREATE FUNCTION mortise.check_names() RETURNS void
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
END
$$;

CREATE FUNCTION mortise.plugin_history()
RETURNS TABLE (version bigint, description text, phase text, checksum text, applied_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT m.version, m.description, m.phase, m.checksum, m.applied_at
      FROM mortise._plugin_migrations m
     WHERE m.plugin_id = replace(mortise.plugin_of_session(), '_', '-')
     ORDER BY m.version
$$;

-- A script could call this too: only for its own plugin, and a version once written can't be passed by a lower one.
CREATE FUNCTION mortise.record_migration(version bigint, description text, phase text, checksum text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM mortise.plugin_history() h WHERE h.version >= record_migration.version) THEN
        RAISE EXCEPTION USING ERRCODE = 'MT001', MESSAGE = 'is not the next one of its plugin';
    END IF;
    INSERT INTO mortise._plugin_migrations (plugin_id, version, description, phase, checksum)
    VALUES (replace(mortise.plugin_of_session(), '_', '-'), record_migration.version, record_migration.description,
            record_migration.phase, record_migration.checksum);
END
$$;

-- Makes a table of the plugin one whose rows belong to tenants: the DataSource then shows and takes only rows of the
-- call's tenant, and scripts of the plugin see all. An existing column tenant_id is taken as it is filled.
CREATE FUNCTION mortise.tenant_table(table_name text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place text := format('%I.%I', 'p_' || mortise.plugin_of_session(), table_name);
    relation regclass := to_regclass(place);
    app text := regexp_replace(session_user, '_owner$', '_app');
    tenant text := 'nullif(current_setting(''mortise.tenant'', true), '''')';
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
    EXECUTE format('CREATE POLICY owner ON %s TO %I USING (true) WITH CHECK (true)', place, session_user);
END
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mortise FROM PUBLIC;
