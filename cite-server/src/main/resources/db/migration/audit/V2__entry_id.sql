ALTER TABLE audit_entry ADD COLUMN entry_id VARCHAR(1000);

CREATE UNIQUE INDEX audit_entry_by_id ON audit_entry (entry_id);
