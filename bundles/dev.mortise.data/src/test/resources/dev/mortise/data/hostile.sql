--- commits in the middle
CREATE TABLE p_evil__a (id int); COMMIT; CREATE TABLE p_evil__b (id int)
--- commits in a block
DO $$ BEGIN CREATE TABLE p_evil__a (id int); COMMIT; END $$
--- commits by dynamic SQL
DO $$ BEGIN EXECUTE 'COMMIT'; END $$
--- rolls back
CREATE TABLE p_evil__a (id int); ROLLBACK
--- sets a savepoint
SAVEPOINT one; CREATE TABLE p_evil__a (id int); RELEASE SAVEPOINT one
--- begins a transaction
BEGIN; CREATE TABLE tokens (id int); END
--- prepares a transaction
PREPARE TRANSACTION 'later'
--- commits in a procedure
CREATE PROCEDURE p_evil__p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CALL p_evil__p()
--- creates a table outside its prefix
CREATE TABLE tokens (id int)
--- creates a quoted table outside its prefix
CREATE TABLE "Tokens" (id int)
--- creates a quoted table that looks like its prefix
CREATE TABLE "p_evil__A" (id int)
--- creates a table with a unicode letter
CREATE TABLE "p_evil__täbel" (id int)
--- creates a table by unicode escapes
CREATE TABLE U&"\0074okens" (id int)
--- creates a table with a newline in its name
CREATE TABLE "p_evil__a
tokens" (id int)
--- creates a table with a zero-width space
CREATE TABLE "p_evil__a​" (id int)
--- creates a table of another plugin
CREATE TABLE p_victim__mine (id int)
--- creates a table in another plugin's schema
CREATE TABLE p_victim.p_evil__a (id int)
--- creates a table in the core's schema
CREATE TABLE mortise.p_evil__a (id int)
--- creates a table in public
CREATE TABLE public.p_evil__a (id int)
--- creates a table in the catalog
SET allow_system_table_mods = on; CREATE TABLE pg_catalog.p_evil__a (id int)
--- creates a temporary table
CREATE TEMP TABLE p_evil__a (id int)
--- creates a table in pg_temp
CREATE TABLE pg_temp.p_evil__a (id int)
--- hides a table behind a comment trick
SELECT $a$ ' $a$; CREATE TABLE stolen (id int); -- '
--- hides a table in nested comments
/* /* */ CREATE TABLE p_evil__a (id int); */ CREATE TABLE stolen (id int)
--- hides a table behind an escape string
SELECT E'\''; CREATE TABLE stolen (id int); --'
--- renames a table
CREATE TABLE p_evil__a (id int); ALTER TABLE p_evil__a RENAME TO tokens
--- renames a table over the prefix in a block
CREATE TABLE p_evil__a (id int); DO $$ BEGIN ALTER TABLE p_evil__a RENAME TO tokens; END $$
--- renames a sequence
CREATE SEQUENCE p_evil__s; ALTER SEQUENCE p_evil__s RENAME TO s
--- renames an index
CREATE TABLE p_evil__a (id int); CREATE INDEX p_evil__i ON p_evil__a (id); ALTER INDEX p_evil__i RENAME TO i
--- renames a constraint's index
CREATE TABLE p_evil__a (id int PRIMARY KEY); ALTER TABLE p_evil__a RENAME CONSTRAINT p_evil__a_pkey TO tokens_pkey
--- renames a type
CREATE TYPE p_evil__t AS ENUM ('a'); ALTER TYPE p_evil__t RENAME TO t
--- renames a function
CREATE FUNCTION p_evil__f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION p_evil__f() RENAME TO f
--- moves a table to public
CREATE TABLE p_evil__a (id int); ALTER TABLE p_evil__a SET SCHEMA public
--- moves a table to another plugin
CREATE TABLE p_evil__a (id int); DO $$ BEGIN ALTER TABLE p_evil__a SET SCHEMA p_victim; END $$
--- gives a table to the core
CREATE TABLE p_evil__a (id int); DO $$ BEGIN ALTER TABLE p_evil__a OWNER TO mortise; END $$
--- gives a table to its app role
CREATE TABLE p_evil__a (id int); DO $$ BEGIN EXECUTE format('ALTER TABLE p_evil__a OWNER TO %I', replace(session_user, '_owner', '_app')); END $$
--- creates a view outside its prefix
CREATE VIEW everything WITH (security_invoker = true) AS SELECT 1 AS one
--- creates a view with its owner's rights
CREATE TABLE p_evil__a (id int); CREATE VIEW p_evil__v AS SELECT * FROM p_evil__a
--- creates a view with its owner's rights said in words
CREATE TABLE p_evil__a (id int); CREATE VIEW p_evil__v WITH (security_invoker = false) AS SELECT * FROM p_evil__a
--- creates a recursive view outside
CREATE RECURSIVE VIEW r (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 3
--- creates a materialized view outside
CREATE MATERIALIZED VIEW m AS SELECT 1 AS one
--- keeps tenants' rows in a materialized view
CREATE TABLE p_evil__a (id int); SELECT mortise.tenant_table('p_evil__a'); CREATE MATERIALIZED VIEW p_evil__m AS SELECT * FROM p_evil__a
--- keeps tenants' rows through a view
CREATE TABLE p_evil__a (id int); SELECT mortise.tenant_table('p_evil__a'); CREATE VIEW p_evil__v WITH (security_invoker = true) AS SELECT * FROM p_evil__a; CREATE MATERIALIZED VIEW p_evil__m AS SELECT * FROM p_evil__v
--- leaves a part of a table open to all tenants
CREATE TABLE p_evil__a (tenant_id text, n int) PARTITION BY RANGE (n); CREATE TABLE p_evil__a1 PARTITION OF p_evil__a FOR VALUES FROM (0) TO (9); SELECT mortise.tenant_table('p_evil__a')
--- creates a sequence outside
CREATE SEQUENCE counter
--- creates a sequence outside by a serial column's rename
CREATE TABLE p_evil__a (id serial); DO $$ BEGIN ALTER SEQUENCE p_evil__a_id_seq RENAME TO ids; END $$
--- creates an index outside
CREATE TABLE p_evil__a (id int); CREATE INDEX tokens_idx ON p_evil__a (id)
--- creates an index concurrently
CREATE TABLE p_evil__a (id int); CREATE INDEX CONCURRENTLY p_evil__i ON p_evil__a (id)
--- creates a function outside
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'
--- creates a function with its owner's rights
CREATE FUNCTION p_evil__f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'
--- gives a function its owner's rights later
CREATE FUNCTION p_evil__f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DO $$ BEGIN ALTER FUNCTION p_evil__f() SECURITY DEFINER; END $$
--- creates a function that switches the tenant
CREATE FUNCTION p_evil__f() RETURNS text LANGUAGE sql AS $$ SELECT set_config('mortise.tenant', 'other', false) $$
--- creates a function that switches the tenant while it runs
CREATE FUNCTION p_evil__f() RETURNS int LANGUAGE sql SET mortise.tenant = 'other' AS 'SELECT 1'
--- changes a setting in a function
CREATE FUNCTION p_evil__f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN SET TIME ZONE 'Asia/Tokyo'; END $$
--- changes a setting in a branch of a function
CREATE FUNCTION p_evil__f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN IF true THEN /* now */ set search_path = pg_catalog; END IF; END $$
--- changes a setting in a function after a comment
CREATE FUNCTION p_evil__f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; -- and so
SET SESSION statement_timeout = 1; END $$
--- changes a setting in a function by a text
CREATE FUNCTION p_evil__f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('SET %I = 1', 'statement_timeout'); END $$
--- takes a setting back in a function
CREATE FUNCTION p_evil__f() RETURNS void LANGUAGE sql AS 'RESET search_path'
--- changes the tenant in a view
CREATE VIEW p_evil__v WITH (security_invoker = true) AS SELECT set_config('mortise.tenant', 'other', false)
--- changes settings through a view
CREATE VIEW p_evil__v WITH (security_invoker = true) AS SELECT name, setting FROM pg_settings
--- runs a text in a view
CREATE VIEW p_evil__v WITH (security_invoker = true) AS SELECT query_to_xml('SELECT set_' || 'config(''mortise.tenant'', ''other'', false)', true, true, '')
--- keeps a lock by a view
CREATE VIEW p_evil__v WITH (security_invoker = true) AS SELECT pg_try_advisory_lock(1)
--- changes the tenant in a default
CREATE TABLE p_evil__a (a int, b text DEFAULT set_config('mortise.tenant', 'other', false))
--- changes the tenant in a later default
CREATE TABLE p_evil__a (a int, b text); ALTER TABLE p_evil__a ALTER b SET DEFAULT lower(pg_catalog.set_config('mortise.tenant', 'other', false))
--- changes the tenant in a generated column
CREATE TABLE p_evil__a (a text, b text GENERATED ALWAYS AS (set_config('mortise.tenant', a, false)) STORED)
--- changes the tenant in a check
CREATE TABLE p_evil__a (a text CHECK (set_config('mortise.tenant', a, false) <> ''))
--- changes the tenant in a domain's check
CREATE DOMAIN p_evil__d AS text CHECK (set_config('mortise.tenant', value, false) <> '')
--- changes the tenant in a domain's default
CREATE DOMAIN p_evil__d AS text DEFAULT set_config('mortise.tenant', 'other', false)
--- changes the tenant in an index
CREATE TABLE p_evil__a (a text); CREATE INDEX p_evil__i ON p_evil__a (set_config('mortise.tenant', a, false))
--- changes the tenant in a trigger's condition
CREATE TABLE p_evil__a (a text); CREATE FUNCTION p_evil__f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER one BEFORE INSERT ON p_evil__a FOR EACH ROW WHEN (set_config('mortise.tenant', new.a, false) = 'x') EXECUTE FUNCTION p_evil__f()
--- changes the tenant in a policy
CREATE TABLE p_evil__a (a text); CREATE POLICY one ON p_evil__a USING (set_config('mortise.tenant', a, false) <> '')
--- changes the tenant in a policy for what is written
CREATE TABLE p_evil__a (a text); CREATE POLICY one ON p_evil__a WITH CHECK (set_config('mortise.tenant', a, false) <> '')
--- changes the tenant in an aggregate
CREATE AGGREGATE p_evil__a (text, bool) (SFUNC = set_config, STYPE = text, INITCOND = 'mortise.tenant')
--- copies the rows of all tenants by a rule
CREATE TABLE p_evil__a (v text); SELECT mortise.tenant_table('p_evil__a'); CREATE TABLE p_evil__hook (id int); CREATE TABLE p_evil__log (v text, tenant text);
CREATE RULE arch AS ON INSERT TO p_evil__hook DO ALSO INSERT INTO p_evil__log SELECT v, tenant_id FROM p_evil__a
--- deletes the rows of all tenants by a rule
CREATE TABLE p_evil__a (v text); SELECT mortise.tenant_table('p_evil__a'); CREATE TABLE p_evil__hook (id int);
DO $$ BEGIN EXECUTE 'CREATE RULE arch AS ON INSERT TO p_evil__hook DO INSTEAD DELETE FROM p_evil__a'; END $$
--- makes a rule on a view
CREATE TABLE p_evil__a (id int); CREATE VIEW p_evil__v WITH (security_invoker = true) AS SELECT * FROM p_evil__a; CREATE RULE r AS ON DELETE TO p_evil__v DO INSTEAD NOTHING
--- adds a policy that shows all
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); CREATE POLICY everyone ON p_evil__a USING (true)
--- adds a policy that lets its app role write all
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a');
DO $$ BEGIN EXECUTE format('CREATE POLICY everyone ON p_evil__a FOR INSERT TO %I WITH CHECK (true)', replace(session_user, '_owner', '_app')); END $$
--- gives the owner's policy to all
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER POLICY owner ON p_evil__a TO PUBLIC
--- turns the policies of tenants off
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER TABLE p_evil__a DISABLE ROW LEVEL SECURITY
--- turns the policies of tenants off and takes them away
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER TABLE p_evil__a DISABLE ROW LEVEL SECURITY;
DROP POLICY tenant ON p_evil__a; DROP POLICY owner ON p_evil__a
--- frees the owner from the policies of tenants
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER TABLE p_evil__a NO FORCE ROW LEVEL SECURITY
--- drops the policy of tenants
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); DROP POLICY tenant ON p_evil__a
--- widens the policy of tenants
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER POLICY tenant ON p_evil__a USING (tenant_id IS NOT NULL)
--- widens what the policy of tenants takes
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER POLICY tenant ON p_evil__a WITH CHECK (true)
--- gives the policy of tenants to others
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER POLICY tenant ON p_evil__a TO CURRENT_ROLE
--- creates an aggregate outside
CREATE AGGREGATE total (int) (SFUNC = int4pl, STYPE = int)
--- creates an operator
CREATE FUNCTION p_evil__eq(int, int) RETURNS bool LANGUAGE sql AS 'SELECT true'; DO $$ BEGIN CREATE OPERATOR = (LEFTARG = int, RIGHTARG = int, FUNCTION = p_evil__eq); END $$
--- creates a cast
CREATE TYPE p_evil__t AS (a int); CREATE FUNCTION p_evil__c(p_evil__t) RETURNS int LANGUAGE sql AS 'SELECT 1'; DO $$ BEGIN CREATE CAST (p_evil__t AS int) WITH FUNCTION p_evil__c(p_evil__t) AS IMPLICIT; END $$
--- creates a type outside
CREATE TYPE mood AS ENUM ('sad')
--- creates a domain outside
CREATE DOMAIN price AS numeric CHECK (value > 0)
--- creates a range type outside
CREATE TYPE span AS RANGE (subtype = int)
--- creates a composite type outside in a block
DO $$ BEGIN CREATE TYPE pair AS (a int, b int); END $$
--- creates a collation
DO $$ BEGIN CREATE COLLATION p_evil__c FROM "C"; END $$
--- creates a conversion
DO $$ BEGIN CREATE CONVERSION p_evil__c FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1; END $$
--- creates a text search configuration
DO $$ BEGIN CREATE TEXT SEARCH CONFIGURATION p_evil__c (COPY = pg_catalog.simple); END $$
--- creates statistics
CREATE TABLE p_evil__a (a int, b int); DO $$ BEGIN CREATE STATISTICS p_evil__s ON a, b FROM p_evil__a; END $$
--- creates a large object
SELECT lo_create(0)
--- creates a large object in a block
DO $$ BEGIN PERFORM lo_from_bytea(0, '\x00'); END $$
--- creates a schema
DO $$ BEGIN CREATE SCHEMA p_evil2; END $$
--- creates an extension
DO $$ BEGIN CREATE EXTENSION hstore; END $$
--- creates a role
DO $$ BEGIN CREATE ROLE evil SUPERUSER; END $$
--- creates a database
CREATE DATABASE evil
--- creates an event trigger
CREATE FUNCTION p_evil__e() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; DO $$ BEGIN CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION p_evil__e(); END $$
--- creates a publication
DO $$ BEGIN CREATE PUBLICATION p_evil__p; END $$
--- creates a foreign server
DO $$ BEGIN CREATE FOREIGN DATA WRAPPER p_evil__w; END $$
--- creates a language
DO $$ BEGIN CREATE LANGUAGE plperlu; END $$
--- creates a table by explaining
DO $$ BEGIN EXECUTE 'EXPLAIN ANALYZE CREATE TABLE stolen AS SELECT 1 AS one'; END $$
--- creates a table by selecting into it
SELECT 1 AS one INTO stolen
--- creates a table by selecting into it in a block
DO $$ BEGIN EXECUTE 'SELECT 1 AS one INTO stolen'; END $$
--- creates a table from a query
CREATE TABLE stolen AS SELECT 1 AS one
--- creates a table by dynamic SQL
DO $$ BEGIN EXECUTE 'CREATE TA' || 'BLE stolen (id int)'; END $$
--- creates a table like another
CREATE TABLE stolen (LIKE pg_class)
--- creates a partition outside
CREATE TABLE p_evil__a (n int) PARTITION BY RANGE (n); CREATE TABLE part PARTITION OF p_evil__a FOR VALUES FROM (0) TO (9)
--- creates a table at the end of the transaction
CREATE FUNCTION p_evil__f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE stolen (id int); RETURN NULL; END $$;
CREATE TABLE p_evil__a (id int);
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON p_evil__a DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION p_evil__f();
INSERT INTO p_evil__a VALUES (1)
--- creates a table when a cursor is kept over the commit
CREATE FUNCTION p_evil__f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE stolen (id int); RETURN 1; END $$;
DECLARE c CURSOR WITH HOLD FOR SELECT p_evil__f()
--- keeps such a cursor from a deferred trigger
CREATE FUNCTION p_evil__f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE stolen (id int); RETURN 1; END $$;
CREATE FUNCTION p_evil__g() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DECLARE c CURSOR WITH HOLD FOR SELECT p_evil__f()'; RETURN NULL; END $$;
CREATE TABLE p_evil__a (id int);
CREATE CONSTRAINT TRIGGER later AFTER INSERT ON p_evil__a DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION p_evil__g();
INSERT INTO p_evil__a VALUES (1)
--- shadows what the check uses
CREATE FUNCTION p_evil.format(text) RETURNS text LANGUAGE sql AS $$ SELECT '' $$; CREATE TABLE tokens (id int)
--- changes the search path for what follows
SET search_path = p_evil, pg_catalog; CREATE TABLE tokens (id int)
--- drops the gate
DROP FUNCTION mortise.check_names()
--- replaces the gate
DO $$ BEGIN EXECUTE 'CREATE OR REPLACE FUNCTION mortise.check_names() RETURNS void LANGUAGE sql AS ''SELECT 1'''; END $$; CREATE TABLE tokens (id int)
--- drops its schema
DO $$ BEGIN DROP SCHEMA p_evil CASCADE; END $$
--- renames its schema
DO $$ BEGIN ALTER SCHEMA p_evil RENAME TO p_good; END $$
--- reads another plugin's table
SELECT * FROM p_victim.p_victim__secrets
--- drops another plugin's table
DO $$ BEGIN DROP TABLE p_victim.p_victim__secrets; END $$
--- puts a trigger on another plugin's table
CREATE FUNCTION p_evil__f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER spy AFTER INSERT ON p_victim.p_victim__secrets FOR EACH ROW EXECUTE FUNCTION p_evil__f()
--- puts a trigger on the core's table
CREATE FUNCTION p_evil__f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE TRIGGER spy AFTER INSERT ON mortise.tenant FOR EACH ROW EXECUTE FUNCTION p_evil__f()
--- refers to another plugin's table
CREATE TABLE p_evil__a (id int REFERENCES p_victim.p_victim__secrets (id))
--- inherits from another plugin's table
CREATE TABLE p_evil__a () INHERITS (p_victim.p_victim__secrets)
--- refers to tenants without deleting with them
CREATE TABLE p_evil__a (t text REFERENCES mortise.tenant (id)); CREATE INDEX p_evil__i ON p_evil__a (t)
--- refers to tenants without an index
CREATE TABLE p_evil__a (t text REFERENCES mortise.tenant (id) ON DELETE CASCADE)
--- refers to another core table
CREATE TABLE p_evil__a (t text REFERENCES mortise.token (id))
--- reads the tenants
CREATE TABLE p_evil__a AS SELECT slug FROM mortise.tenant
--- reads the tokens
CREATE TABLE p_evil__a AS SELECT hash FROM mortise.token
--- writes a tenant
INSERT INTO mortise.tenant (id, slug, name) VALUES ('x', 'x', 'x')
--- writes its own history ahead
SELECT mortise.record_migration(99, 'faked', 'expand', 'x')
--- writes the history of others
INSERT INTO mortise._plugin_migrations VALUES ('victim', 9, 'faked', 'expand', 'x')
--- reads password hashes
CREATE TABLE p_evil__a AS SELECT rolpassword FROM pg_authid
--- reads a file
CREATE TABLE p_evil__a (t text); DO $$ BEGIN EXECUTE 'COPY p_evil__a FROM ''/etc/passwd'''; END $$
--- runs a program
CREATE TABLE p_evil__a (t text); DO $$ BEGIN EXECUTE 'COPY p_evil__a FROM PROGRAM ''id'''; END $$
--- reads a file by a function
CREATE TABLE p_evil__a AS SELECT pg_read_file('/etc/passwd')
--- changes the server's settings
DO $$ BEGIN EXECUTE 'ALTER SYSTEM SET fsync = off'; END $$
--- changes the database's settings
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = p_evil', current_database()); END $$
--- changes its role's settings
DO $$ BEGIN EXECUTE 'ALTER ROLE CURRENT_USER SET search_path = p_evil'; END $$
--- changes its role's settings in this database
DO $$ BEGIN EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET role = none', current_database()); END $$
--- makes its role a superuser
DO $$ BEGIN EXECUTE 'ALTER ROLE CURRENT_USER SUPERUSER'; END $$
--- lets its role log in
DO $$ BEGIN EXECUTE 'ALTER ROLE CURRENT_USER LOGIN'; END $$
--- lets tenants write the rows of others
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER POLICY tenant ON p_evil__a WITH CHECK (tenant_id IS NOT NULL)
--- goes back to the policy that a setting alone decides
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a');
ALTER POLICY tenant ON p_evil__a USING (tenant_id = nullif(current_setting('mortise.tenant', true), '')) WITH CHECK (tenant_id = nullif(current_setting('mortise.tenant', true), ''))
--- makes another role the one that a setting decides for
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a');
ALTER POLICY tenant ON p_evil__a USING (tenant_id = (SELECT CASE WHEN session_user = 'other' THEN nullif(current_setting('mortise.tenant', true), '') ELSE mortise.tenant_of_login() END AS tenant))
--- shows the rows of all tenants to the owner
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a'); ALTER POLICY owner ON p_evil__a USING (true)
--- adds a policy that shows the rows of all tenants to the owner
CREATE TABLE p_evil__a (a text); SELECT mortise.tenant_table('p_evil__a');
DO $$ BEGIN EXECUTE format('CREATE POLICY more ON p_evil__a TO %I USING (true)', session_user); END $$
--- becomes the core
DO $$ BEGIN EXECUTE 'SET ROLE mortise'; END $$
--- becomes the superuser
DO $$ BEGIN EXECUTE 'SET SESSION AUTHORIZATION postgres'; END $$
--- makes a large object as the role of all owners
DO $$ BEGIN EXECUTE format('SET ROLE %I', regexp_replace(session_user, '_.*', '_owners')); PERFORM lo_create(0); END $$
--- changes the default privileges of the role of all owners
DO $$ BEGIN EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT ALL ON TABLES TO PUBLIC', regexp_replace(session_user, '_.*', '_owners')); END $$
--- gives a table to the role of all owners
CREATE TABLE p_evil__a (id int); DO $$ BEGIN EXECUTE format('ALTER TABLE p_evil__a OWNER TO %I', regexp_replace(session_user, '_.*', '_owners')); END $$
--- gives the role of all owners to its app role
DO $$ BEGIN EXECUTE format('GRANT %I TO %I', regexp_replace(session_user, '_.*', '_owners'), replace(session_user, '_owner', '_app')); END $$
--- gives its role to its app role
DO $$ BEGIN EXECUTE format('GRANT %I TO %I', session_user, replace(session_user, '_owner', '_app')); CREATE TABLE p_evil__a (id int); END $$
--- gives its role to the other plugin
DO $$ BEGIN EXECUTE format('GRANT %I TO %I', session_user, replace(session_user, 'evil_owner', 'victim_app')); CREATE TABLE p_evil__a (id int); END $$
--- grants a table to all
CREATE TABLE p_evil__a (id int); DO $$ BEGIN GRANT SELECT ON p_evil__a TO PUBLIC; END $$
--- grants a column to the other plugin
CREATE TABLE p_evil__a (id int); DO $$ BEGIN EXECUTE format('GRANT SELECT (id) ON p_evil__a TO %I', replace(session_user, 'evil_owner', 'victim_app')); END $$
--- grants more to its app role
CREATE TABLE p_evil__a (id int); DO $$ BEGIN EXECUTE format('GRANT TRUNCATE ON p_evil__a TO %I', replace(session_user, '_owner', '_app')); END $$
--- lets its app role grant on
CREATE TABLE p_evil__a (id int); DO $$ BEGIN EXECUTE format('GRANT SELECT ON p_evil__a TO %I WITH GRANT OPTION', replace(session_user, '_owner', '_app')); END $$
--- grants a function to the other plugin
CREATE FUNCTION p_evil__f() RETURNS int LANGUAGE sql AS 'SELECT 1'; DO $$ BEGIN EXECUTE format('GRANT EXECUTE ON FUNCTION p_evil__f() TO %I', replace(session_user, 'evil_owner', 'victim_app')); END $$
--- grants what is to come
DO $$ BEGIN ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC; CREATE TABLE p_evil__a (id int); END $$
--- takes its default privileges away
DO $$ BEGIN DROP OWNED BY CURRENT_USER; END $$
--- names a table with 56 bytes
CREATE TABLE p_evil__aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (id int)
--- names a table with 56 bytes in a block
DO $$ BEGIN CREATE TABLE p_evil__aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (id int); END $$
--- names a table with more bytes than the server keeps
CREATE TABLE p_evil__aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (id int)
--- names a function with 56 bytes
DO $$ BEGIN CREATE FUNCTION p_evil__aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa() RETURNS int LANGUAGE sql AS 'SELECT 1'; END $$
--- fails at its last statement
CREATE TABLE p_evil__a (id int); INSERT INTO p_evil__a VALUES (1); SELECT 1 / 0
--- fails in its first statement
SELECT 1 / 0; CREATE TABLE p_evil__a (id int)
--- is no SQL
DROP TABLE IF EXISTS ; nonsense
