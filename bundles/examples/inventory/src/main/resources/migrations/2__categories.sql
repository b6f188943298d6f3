CREATE TABLE p_inventory__categories (
    id   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL
);

SELECT mortise.tenant_table('p_inventory__categories');

CREATE UNIQUE INDEX idx_p_inventory__categories_name ON p_inventory__categories (tenant_id, name);
