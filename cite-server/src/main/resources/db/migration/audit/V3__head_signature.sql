ALTER TABLE audit_head ADD COLUMN signature VARCHAR(200);
