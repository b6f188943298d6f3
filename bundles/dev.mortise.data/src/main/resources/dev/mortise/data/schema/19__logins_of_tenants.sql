-- SPDX-License-Identifier: Apache-2.0
-- Logins of processes that run a plugin for one tenant. Such a process may say whatever SQL it likes, so the tenant is told by
-- the role that logged in (session_user, which only a superuser changes) and not by a setting. Container and processes for all
-- tenants work with the plugin's app role and mortise.tenant, as before: neither is a member of the other's roles.

-- No foreign key: who takes a tenant away drops the roles first. The row is what a role is worth.
CREATE TABLE mortise.tenant_login (
    role text PRIMARY KEY,
    plugin_id text NOT NULL,
    tenant_id text NOT NULL
);

CREATE INDEX tenant_login_tenant_id ON mortise.tenant_login (tenant_id);
CREATE INDEX tenant_login_plugin_id ON mortise.tenant_login (plugin_id);

-- The tenant that the session logged in for; NULL for everybody else. Policies call it once in each
-- statement; the language is the one that keeps its plan.
CREATE FUNCTION mortise.tenant_of_login() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT l.tenant_id FROM mortise.tenant_login l WHERE l.role = session_user::text);
END
$$;

-- Whose rows the owner of a plugin's tables sees in a session that is not its own (version 17): in one of a tenant's login those
-- of that tenant, in one of the app role and of the core those of mortise.tenant. NULL says all, and only to the core.
CREATE FUNCTION mortise.tenant_for_owner() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN session_user::text !~ '^m[0-9a-f]{8}_' THEN nullif(current_setting('mortise.tenant', true), '')
                WHEN session_user::text ~ '_app$' THEN coalesce(current_setting('mortise.tenant', true), '')
                ELSE coalesce(mortise.tenant_of_login(), '') END
$$;

-- They tell a session its own tenant, and nobody but owners of plugins' tables can name them.
GRANT EXECUTE ON FUNCTION mortise.tenant_of_login(), mortise.tenant_for_owner() TO PUBLIC;

-- Whose rows are shown, by the tables' owner: what is inside is asked once in each statement. The policy is for everybody, because
-- who is a member of a role may drop all policies that are for this role alone (DROP OWNED).
CREATE FUNCTION mortise.rows_of_tenant(owner text) RETURNS text
LANGUAGE sql IMMUTABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('tenant_id = (SELECT CASE WHEN session_user = %L THEN nullif(current_setting(''mortise.tenant'', true), '''')'
                  ' ELSE mortise.tenant_of_login() END AS tenant)', regexp_replace(owner, '_owner$', '_app'))
$$;

-- as in version 17
CREATE OR REPLACE FUNCTION mortise.rows_of_owner(owner text) RETURNS text
LANGUAGE sql IMMUTABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT format('session_user = %L OR tenant_id = coalesce((SELECT mortise.tenant_for_owner()), tenant_id)', owner)
$$;

-- as in version 17, for logins of tenants too
CREATE OR REPLACE FUNCTION mortise.tenant_table(table_name text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place text := format('%I.%I', 'p_' || mortise.plugin_of_session(), table_name);
    relation regclass := to_regclass(place);
    own text := mortise.rows_of_tenant(session_user);
    shown text := mortise.rows_of_owner(session_user);
BEGIN
    IF relation IS NULL THEN
        RAISE EXCEPTION 'mortise.tenant_table: there is no table %', place;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation AND attname = 'tenant_id' AND NOT attisdropped) THEN
        EXECUTE format('ALTER TABLE %s ADD COLUMN tenant_id text', place);
    END IF;
    EXECUTE format(
        'ALTER TABLE %s ALTER COLUMN tenant_id SET DEFAULT
             coalesce(nullif(current_setting(''mortise.tenant'', true), ''''), mortise.tenant_of_login()),
             ALTER COLUMN tenant_id SET NOT NULL', place);
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
    EXECUTE format('CREATE POLICY tenant ON %s USING (%s) WITH CHECK (%s)', place, own, own);
    EXECUTE format('CREATE POLICY owner ON %s TO %I USING (%s) WITH CHECK (%s)', place, session_user, shown, shown);
END
$$;

-- As in version 16, for any owner, and judges the owner's policies too: they hold in the triggers that foreign keys fire.
CREATE FUNCTION mortise.undone_tables(maker text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    WITH divided AS MATERIALIZED (
        SELECT c.oid, c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced
          FROM pg_class c
         WHERE c.relowner = (SELECT maker::regrole)
           AND EXISTS (SELECT FROM pg_constraint k
                        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid = 'mortise.tenant'::regclass)
           -- any trace of it
           AND (EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname IN ('tenant', 'owner'))
                OR EXISTS (SELECT FROM pg_attrdef d
                            WHERE d.adrelid = c.oid AND pg_get_expr(d.adbin, d.adrelid) LIKE '%''mortise.tenant''%'))
    ),
    -- as the server writes them
    own AS MATERIALIZED (
        SELECT v.name, v.role, v.rows, v.apart
          FROM (VALUES ('tenant', 0::oid, 'its tenants',
                        '\(\(?tenant_id\)?(::text)? = \( SELECT CASE WHEN \(SESSION_USER = ''' || regexp_replace(maker, '_owner$', '_app')
                        || '''::name\) THEN NULLIF\(current_setting\(''mortise\.tenant''::text, true\), ''''::text\)'
                        ' ELSE mortise\.tenant_of_login\(\) END AS tenant\)\)'),
                       ('owner', maker::regrole::oid, 'tenants in triggers of its keys',
                        '\(\(SESSION_USER = ''' || maker || '''::name\) OR \(\(?tenant_id\)?(::text)? = COALESCE\(\( SELECT'
                        ' mortise\.tenant_for_owner\(\) AS tenant_for_owner\), \(?tenant_id\)?(::text)?\)\)\)'))
               v (name, role, apart, rows)
    ),
    policies AS MATERIALIZED (
        SELECT p.polrelid AS relation, p.polname AS name, p.polpermissive AS permissive,
               EXISTS (SELECT FROM own o
                        WHERE o.name = p.polname AND p.polcmd = '*' AND p.polroles = ARRAY[o.role]
                          AND regexp_replace(pg_get_expr(p.polqual, p.polrelid), '\s+', ' ', 'g') ~ ('^' || o.rows || '$')
                          AND regexp_replace(pg_get_expr(p.polwithcheck, p.polrelid), '\s+', ' ', 'g')
                              ~ ('^' || o.rows || '$')) AS good
          FROM pg_policy p JOIN divided d ON d.oid = p.polrelid
    )
    SELECT broken.clause FROM (
        SELECT 0 AS rank, 'would turn the policies of tenants on ''' || d.name || ''' off; leave out DISABLE and NO FORCE ROW'
               || ' LEVEL SECURITY' AS clause
          FROM divided d WHERE NOT (d.enabled AND d.forced)
        UNION ALL
        SELECT 1, 'would drop or change policy ''' || o.name || ''' of ''' || d.name || ''', which keeps ' || o.apart || ' apart'
          FROM divided d, own o
         WHERE NOT EXISTS (SELECT FROM policies p WHERE p.relation = d.oid AND p.name = o.name AND p.good)
           -- without one the owner sees nothing
           AND (o.name <> 'owner' OR EXISTS (SELECT FROM policies p WHERE p.relation = d.oid AND p.name = 'owner'))
        UNION ALL
        SELECT 2, 'would add policy ''' || p.name || ''' to ''' || d.name || ''', which lets tenants at rows of others; a'
               || ' further policy must be AS RESTRICTIVE'
          FROM divided d JOIN policies p ON p.relation = d.oid
         WHERE p.permissive AND NOT p.good AND p.name NOT IN ('tenant', 'owner')
    ) broken
    ORDER BY broken.rank, broken.clause
$$;

CREATE OR REPLACE FUNCTION mortise.undone_tables() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    SELECT u FROM mortise.undone_tables(session_user::text) u
$$;

-- What a plugin's logins of tenants may do: what its app role may, without tables that name tenants and are not divided by them,
-- and without what a foreign key would carry on to rows of other tenants. Answers what must be said to make it so.
CREATE FUNCTION mortise.rights_of_logins(maker text, app text, logins text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE own AS MATERIALIZED (
        SELECT c.oid, c.relkind AS kind, c.relacl AS acl, c.relrowsecurity AS divided
          FROM pg_class c WHERE c.relowner = (SELECT maker::regrole) AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    ),
    tenants AS MATERIALIZED (
        SELECT o.oid, o.divided, k.conkey[1] AS attnum
          FROM own o JOIN pg_constraint k ON k.conrelid = o.oid
         WHERE k.contype = 'f' AND k.confrelid = 'mortise.tenant'::regclass AND cardinality(k.conkey) = 1
    ),
    keys AS MATERIALIZED (
        SELECT k.conrelid AS child, k.confrelid AS parent, k.confdeltype AS deleted, k.confupdtype AS updated,
               EXISTS (SELECT FROM tenants t WHERE t.oid = k.conrelid)
               AND NOT EXISTS (
                   SELECT FROM unnest(k.conkey, k.confkey) pair (mine, its)
                     JOIN tenants c ON c.oid = k.conrelid AND c.attnum = pair.mine
                     JOIN tenants p ON p.oid = k.confrelid AND p.attnum = pair.its) AS crossing
          FROM pg_constraint k JOIN own o ON o.oid = k.conrelid
         WHERE k.contype = 'f' AND k.confrelid <> 'mortise.tenant'::regclass
    ),
    -- rows of which tables go, or change, with rows of others
    carried AS (
        SELECT k.parent, k.child, k.crossing, a.does,
               CASE a.act WHEN 'c' THEN a.does WHEN 'n' THEN 'UPDATE' WHEN 'd' THEN 'UPDATE' END AS done
          FROM keys k, LATERAL (VALUES ('DELETE', k.deleted), ('UPDATE', k.updated)) a (does, act)
         WHERE a.act IN ('c', 'n', 'd')
    ),
    reaching AS (
        SELECT c.parent AS oid, c.does FROM carried c WHERE c.crossing
        UNION
        SELECT c.parent, c.does FROM carried c JOIN reaching r ON r.oid = c.child AND r.does = c.done
    ),
    rights AS MATERIALIZED (
        SELECT o.oid, CASE o.kind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || o.oid::regclass AS thing,
               x.privilege_type AS does, '' AS part, x.grantee
          FROM own o, aclexplode(o.acl) x
        UNION ALL
        SELECT o.oid, 'TABLE ' || o.oid::regclass, x.privilege_type, format(' (%I)', a.attname), x.grantee
          FROM own o JOIN pg_attribute a ON a.attrelid = o.oid AND NOT a.attisdropped, aclexplode(a.attacl) x
        UNION ALL
        SELECT 0, 'ROUTINE ' || p.oid::regprocedure, x.privilege_type, '', x.grantee
          FROM pg_proc p, aclexplode(p.proacl) x WHERE p.proowner = (SELECT maker::regrole)
        UNION ALL
        SELECT 0, 'TYPE ' || t.oid::regtype, x.privilege_type, '', x.grantee
          FROM pg_type t, aclexplode(t.typacl) x WHERE t.typowner = (SELECT maker::regrole)
    ),
    wanted AS (
        SELECT r.thing, r.does || r.part AS does FROM rights r
         WHERE r.grantee = (SELECT app::regrole)
           AND NOT EXISTS (SELECT FROM tenants t WHERE t.oid = r.oid AND NOT t.divided)
           AND NOT EXISTS (SELECT FROM reaching c WHERE c.oid = r.oid AND c.does = r.does)
    ),
    present AS (
        SELECT r.thing, r.does || r.part AS does FROM rights r WHERE r.grantee = (SELECT logins::regrole)
    )
    SELECT format('REVOKE %s ON %s FROM %I', o.does, o.thing, logins) FROM (TABLE present EXCEPT TABLE wanted) o
    UNION ALL
    SELECT format('GRANT %s ON %s TO %I', m.does, m.thing, logins) FROM (TABLE wanted EXCEPT TABLE present) m
$$;

-- Makes it so, in the turn at the plugin's schema (whose lock the core knows by this name) where there is anything to do.
CREATE FUNCTION mortise.set_rights_of_logins(home text, maker text, app text, logins text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    statements text[];
    statement text;
BEGIN
    IF NOT EXISTS (SELECT FROM mortise.rights_of_logins(maker, app, logins)) THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('mortise migrations of ' || home, 0));
    statements := ARRAY(SELECT r FROM mortise.rights_of_logins(maker, app, logins) r);
    EXECUTE format('SET LOCAL ROLE %I', maker);
    FOREACH statement IN ARRAY statements LOOP
        EXECUTE statement;
    END LOOP;
    RESET ROLE;
END
$$;

REVOKE ALL ON FUNCTION mortise.rows_of_tenant(text), mortise.undone_tables(text), mortise.rights_of_logins(text, text, text),
    mortise.set_rights_of_logins(text, text, text, text) FROM PUBLIC;

-- For the plugins that are there; a role of all owners that is made later has it from the start. What the logins of a plugin have
-- is no grant of a script. Their tables get the policies and the default of now. A table that somebody works with for longer
-- holds nobody up: the next attempt comes by itself.
DO $$
DECLARE
    id text := (SELECT value FROM mortise.meta WHERE key = 'database_id');
    owners text := format('m%s_owners', id);
    judge text := pg_get_functiondef('mortise.violations(oid, oid, oid, oid, oid, text)'::regprocedure);
    known text := 'AND (g.grantee <> reader OR ';
    tables record;
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = owners) THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION mortise.rows_of_tenant(text), mortise.undone_tables(text) TO %I', owners);
    END IF;
    IF strpos(judge, 'AND (g.grantee NOT IN (') = 0 THEN
        IF strpos(judge, known) = 0 THEN
            RAISE EXCEPTION 'mortise.violations is not the one of version 2';
        END IF;
        EXECUTE replace(judge, known,
            'AND (g.grantee NOT IN (reader, coalesce(to_regrole(regexp_replace(reader::regrole::text, ''_app$'', ''_rows''))::oid,'
            ' reader)) OR ');
    END IF;
    PERFORM set_config('lock_timeout', '500ms', true);
    FOR tables IN
        SELECT c.oid::regclass AS place, r.rolname AS owner, mortise.rows_of_owner(r.rolname) AS shown,
               mortise.rows_of_tenant(r.rolname) AS own,
               pg_get_expr(d.adbin, d.adrelid) = 'NULLIF(current_setting(''mortise.tenant''::text, true), ''''::text)' AS defaulted,
               EXISTS (SELECT FROM pg_policy p
                        WHERE p.polrelid = c.oid AND p.polname = 'owner' AND p.polroles = ARRAY[c.relowner] AND p.polcmd = '*'
                          AND p.polqual IS NOT NULL) AS seen
          FROM pg_policy p
          JOIN pg_class c ON c.oid = p.polrelid
          JOIN pg_roles r ON r.oid = c.relowner AND r.rolname ~ ('^m' || id || '_.+_owner$')
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
          JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]
                              AND k.confrelid = 'mortise.tenant'::regclass
          LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
         WHERE p.polname = 'tenant' AND p.polcmd = '*' AND p.polpermissive
         ORDER BY c.oid
    LOOP
        EXECUTE format('SET LOCAL ROLE %I', tables.owner);
        IF tables.seen THEN
            EXECUTE format('ALTER POLICY owner ON %s USING (%s) WITH CHECK (%s)', tables.place, tables.shown, tables.shown);
        END IF;
        EXECUTE format('ALTER POLICY tenant ON %s TO PUBLIC USING (%s) WITH CHECK (%s)', tables.place, tables.own, tables.own);
        IF tables.defaulted THEN
            EXECUTE format(
                'ALTER TABLE %s ALTER COLUMN tenant_id SET DEFAULT
                    coalesce(nullif(current_setting(''mortise.tenant'', true), ''''), mortise.tenant_of_login())', tables.place);
        END IF;
        RESET ROLE;
    END LOOP;
END
$$;
