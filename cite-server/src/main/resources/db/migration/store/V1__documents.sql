CREATE TABLE document (
  document_key    VARCHAR(1000) NOT NULL PRIMARY KEY,
  content         CLOB          NOT NULL,
  create_revision BIGINT        NOT NULL,
  revision        BIGINT        NOT NULL
);

CREATE TABLE store_revision (
  id       INT    NOT NULL PRIMARY KEY,
  revision BIGINT NOT NULL
);

INSERT INTO store_revision (id, revision) VALUES (1, 0);
