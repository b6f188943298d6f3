CREATE TABLE p_inventory__products (
    id       uuid    PRIMARY KEY DEFAULT gen_random_uuid(),
    name     text    NOT NULL,
    sku      text    NOT NULL,
    price    numeric NOT NULL CHECK (price >= 0),
    quantity integer NOT NULL CHECK (quantity >= 0)
);

-- Adds tenant_id, filled by the connection's tenant, and row-level security: no statement below names a tenant.
SELECT mortise.tenant_table('p_inventory__products');

-- A sku is unique for each tenant.
CREATE UNIQUE INDEX idx_p_inventory__products_sku ON p_inventory__products (tenant_id, sku);
