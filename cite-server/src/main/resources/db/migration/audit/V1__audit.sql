CREATE TABLE audit_entry (
  sequence_number BIGINT         NOT NULL PRIMARY KEY,
  content         VARCHAR(100000) NOT NULL,
  hash            CHAR(64)       NOT NULL
);

CREATE TABLE audit_head (
  id              INT      NOT NULL PRIMARY KEY,
  sequence_number BIGINT   NOT NULL,
  hash            CHAR(64) NOT NULL
);

INSERT INTO audit_head (id, sequence_number, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
