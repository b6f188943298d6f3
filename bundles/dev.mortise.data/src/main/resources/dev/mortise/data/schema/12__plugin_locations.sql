-- Where operators moved plugins to; without a row a plugin runs where its manifest and the configuration say.
CREATE TABLE mortise.plugin_location (
    plugin_id text PRIMARY KEY,
    location text NOT NULL CHECK (location IN ('bundle', 'worker')),
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
