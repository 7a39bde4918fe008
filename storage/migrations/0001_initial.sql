-- Both engines read this file as it stands: BIGINT milliseconds since 1970 in UTC (0: never, not known), TEXT ids,
-- BYTEA for compressed or signed bytes. A migration that has been published is never edited: add the next number.

-- +goose Up

-- When a host may be visited next.
CREATE TABLE host (
    host    TEXT NOT NULL PRIMARY KEY,
    free_ms BIGINT NOT NULL
);

-- Every address that is looked at. live: its source is in the configuration. A page that is not live is never due,
-- but keeps its due time, so that a source which comes back goes on where it stopped.
CREATE TABLE page (
    url           TEXT NOT NULL PRIMARY KEY,
    host          TEXT NOT NULL,
    source        TEXT NOT NULL,
    root          BOOLEAN NOT NULL,
    live          BOOLEAN NOT NULL,
    kind          TEXT NOT NULL,
    due_ms        BIGINT NOT NULL,
    first_ms      BIGINT NOT NULL,
    follow_ms     BIGINT NOT NULL,
    looked_ms     BIGINT NOT NULL,
    good_ms       BIGINT NOT NULL,
    outcome       TEXT NOT NULL,
    note          TEXT NOT NULL,
    failures      BIGINT NOT NULL,
    etag          TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    body_hash     TEXT NOT NULL,
    baseline      BOOLEAN NOT NULL,
    title         TEXT NOT NULL,
    hinted_ms     BIGINT NOT NULL,
    base_only     BOOLEAN NOT NULL
);
CREATE INDEX page_due ON page (due_ms, host) WHERE live AND due_ms > 0;
CREATE INDEX page_host_due ON page (host, due_ms) WHERE live AND due_ms > 0;
CREATE INDEX page_source ON page (source);

-- The head of each article's chain: how many versions there are and the hash of the last one.
CREATE TABLE article (
    id       TEXT NOT NULL PRIMARY KEY,
    url      TEXT NOT NULL,
    page_url TEXT NOT NULL,
    source   TEXT NOT NULL,
    title    TEXT NOT NULL,
    lang     TEXT NOT NULL,
    versions BIGINT NOT NULL,
    head     TEXT NOT NULL,
    first_ms BIGINT NOT NULL,
    last_ms  BIGINT NOT NULL
);
CREATE INDEX article_last ON article (last_ms);
CREATE INDEX article_source ON article (source, last_ms);
CREATE INDEX article_url ON article (url);
CREATE INDEX article_page_url ON article (page_url);

-- Immutable. body: zstd of the JSON of the article.
CREATE TABLE version (
    id         TEXT NOT NULL PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES article (id),
    number     BIGINT NOT NULL CHECK (number >= 1),
    source     TEXT NOT NULL,
    page_url   TEXT NOT NULL,
    seen_ms    BIGINT NOT NULL,
    prev       TEXT NOT NULL,
    hash       TEXT NOT NULL,
    body       BYTEA NOT NULL,
    UNIQUE (article_id, number)
);

-- What led to a version: the change (zstd of its JSON), or the reason why there is none.
CREATE TABLE change (
    version_id TEXT NOT NULL PRIMARY KEY REFERENCES version (id),
    reason     TEXT NOT NULL,
    body       BYTEA
);

-- The versions a story has learned, in order. Its primary key is the lock between those who judge at the same time.
CREATE TABLE learned (
    story      TEXT NOT NULL,
    seq        BIGINT NOT NULL CHECK (seq >= 1),
    version_id TEXT NOT NULL REFERENCES version (id),
    verdict    TEXT NOT NULL,
    score      DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (story, seq),
    UNIQUE (story, version_id)
);
CREATE INDEX learned_version ON learned (version_id);

-- body: JSON. The columns beside it are those that are counted up or asked for.
CREATE TABLE development (
    id         TEXT NOT NULL PRIMARY KEY,
    story      TEXT NOT NULL,
    kind       TEXT NOT NULL,
    alerts     BOOLEAN NOT NULL,
    importance DOUBLE PRECISION NOT NULL,
    seen_ms    BIGINT NOT NULL,
    version_id TEXT NOT NULL REFERENCES version (id),
    sightings  BIGINT NOT NULL,
    sources    BIGINT NOT NULL,
    last_ms    BIGINT NOT NULL,
    body       TEXT NOT NULL
);
CREATE INDEX development_story ON development (story, seen_ms);
CREATE INDEX development_seen ON development (seen_ms);

CREATE TABLE sighting (
    development_id TEXT NOT NULL REFERENCES development (id),
    version_id     TEXT NOT NULL REFERENCES version (id),
    source         TEXT NOT NULL,
    url            TEXT NOT NULL,
    seen_ms        BIGINT NOT NULL,
    PRIMARY KEY (development_id, version_id)
);

CREATE TABLE alert (
    id             TEXT NOT NULL PRIMARY KEY,
    type           TEXT NOT NULL,
    story          TEXT NOT NULL,
    development_id TEXT REFERENCES development (id),
    source         TEXT NOT NULL,
    created_ms     BIGINT NOT NULL,
    data           BYTEA NOT NULL
);
CREATE INDEX alert_created ON alert (created_ms);

-- seq: the place of the last delivery made for the receiver.
CREATE TABLE receiver (
    name TEXT NOT NULL PRIMARY KEY,
    seq  BIGINT NOT NULL
);

CREATE TABLE delivery (
    id         TEXT NOT NULL PRIMARY KEY,
    alert_id   TEXT NOT NULL REFERENCES alert (id),
    receiver   TEXT NOT NULL REFERENCES receiver (name),
    seq        BIGINT NOT NULL,
    state      TEXT NOT NULL,
    due_ms     BIGINT NOT NULL,
    tries      BIGINT NOT NULL,
    created_ms BIGINT NOT NULL,
    done_ms    BIGINT NOT NULL,
    UNIQUE (receiver, seq),
    UNIQUE (alert_id, receiver)
);
CREATE INDEX delivery_due ON delivery (receiver, due_ms) WHERE state = 'pending';
CREATE INDEX delivery_next ON delivery (receiver, seq) WHERE state = 'pending';
CREATE INDEX delivery_pending ON delivery (created_ms) WHERE state = 'pending';
CREATE INDEX delivery_dead ON delivery (created_ms) WHERE state = 'dead';

CREATE TABLE attempt (
    delivery_id TEXT NOT NULL REFERENCES delivery (id),
    number      BIGINT NOT NULL CHECK (number >= 1),
    at_ms       BIGINT NOT NULL,
    took_ms     BIGINT NOT NULL,
    status      BIGINT NOT NULL,
    error       TEXT NOT NULL,
    PRIMARY KEY (delivery_id, number)
);
