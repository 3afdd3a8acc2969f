CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE account (
    id            TEXT NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    birth_year    INTEGER NOT NULL,
    locale        TEXT NOT NULL,
    -- the name that a member of staff goes by among staff; empty for members
    staff_name    TEXT NOT NULL DEFAULT '',
    state         TEXT NOT NULL CHECK (state IN ('active', 'paused', 'closed', 'erased')),
    session_epoch INTEGER NOT NULL DEFAULT 0,
    created_at    TIMESTAMP NOT NULL,
    erased_at     TIMESTAMP
);
CREATE TABLE credential (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('passphrase', 'passkey', 'totp')),
    secret     TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE recovery_code (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    code_hash  BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE TABLE session (
    id            TEXT NOT NULL PRIMARY KEY,
    account_id    TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    token_hash    BYTEA NOT NULL UNIQUE,
    epoch         INTEGER NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    seen_at       TIMESTAMP NOT NULL,
    expires_at    TIMESTAMP NOT NULL,
    stepped_up_at TIMESTAMP
);
CREATE TABLE signin_link (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE TABLE consent (
    id           TEXT NOT NULL PRIMARY KEY,
    account_id   TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    version      INTEGER NOT NULL,
    given_at     TIMESTAMP NOT NULL,
    withdrawn_at TIMESTAMP
);
CREATE TABLE rate_limit (
    bucket     TEXT NOT NULL,
    starts_at  TIMESTAMP NOT NULL,
    hits       INTEGER NOT NULL,
    PRIMARY KEY (bucket, starts_at)
);
CREATE TABLE space (
    id              TEXT NOT NULL PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('relatives', 'young', 'aftercare')),
    name            TEXT NOT NULL,
    purpose         TEXT NOT NULL,
    description     TEXT NOT NULL,
    audience        TEXT NOT NULL,
    team            TEXT NOT NULL,
    age_band        TEXT NOT NULL CHECK (age_band IN ('all', 'adult', 'young')),
    see_policy      TEXT NOT NULL CHECK (see_policy IN ('public', 'account', 'staff')),
    read_policy     TEXT NOT NULL CHECK (read_policy IN ('public', 'account', 'member')),
    write_policy    TEXT NOT NULL CHECK (write_policy IN ('member', 'staff')),
    join_policy     TEXT NOT NULL CHECK (join_policy IN ('open', 'invitation', 'closed')),
    approve_first_n INTEGER NOT NULL,
    hours           TEXT NOT NULL,
    time_zone       TEXT NOT NULL,
    colour          TEXT NOT NULL,
    sign            TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('open', 'closed')),
    position        INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    created_at      TIMESTAMP NOT NULL
);
CREATE TABLE agreement (
    id         TEXT NOT NULL PRIMARY KEY,
    space_id   TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    body_html  TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (space_id, version)
);
CREATE TABLE membership (
    id             TEXT NOT NULL PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES account (id),
    space_id       TEXT NOT NULL REFERENCES space (id),
    alias          TEXT NOT NULL,
    alias_skeleton TEXT NOT NULL,
    role           TEXT NOT NULL CHECK (role IN ('member', 'facilitator', 'staff')),
    state          TEXT NOT NULL CHECK (state IN ('active', 'paused', 'left', 'removed')),
    approved_count INTEGER NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    left_at        TIMESTAMP,
    UNIQUE (account_id, space_id),
    UNIQUE (space_id, alias_skeleton)
);
CREATE TABLE agreement_acceptance (
    membership_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    agreement_id  TEXT NOT NULL REFERENCES agreement (id),
    accepted_at   TIMESTAMP NOT NULL,
    PRIMARY KEY (membership_id, agreement_id)
);
CREATE TABLE invitation (
    id         TEXT NOT NULL PRIMARY KEY,
    space_id   TEXT NOT NULL REFERENCES space (id) ON DELETE CASCADE,
    token_hash BYTEA NOT NULL UNIQUE,
    created_by TEXT NOT NULL REFERENCES account (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at    TIMESTAMP
);
CREATE TABLE staff_grant (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('facilitator', 'moderator', 'duty_lead', 'safeguarding_lead', 'admin')),
    space_id   TEXT REFERENCES space (id),
    starts_at  TIMESTAMP NOT NULL,
    ends_at    TIMESTAMP,
    granted_by TEXT REFERENCES account (id),
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE shift (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    space_id   TEXT REFERENCES space (id),
    starts_at  TIMESTAMP NOT NULL,
    ends_at    TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE TABLE topic (
    id            TEXT NOT NULL PRIMARY KEY,
    space_id      TEXT NOT NULL REFERENCES space (id),
    membership_id TEXT REFERENCES membership (id),
    kind          TEXT NOT NULL CHECK (kind IN ('conversation', 'announcement')),
    title         TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('open', 'locked')),
    -- follows the first post: a topic whose first post is held, deleted or removed is not listed to others
    visibility    TEXT NOT NULL CHECK (visibility IN ('visible', 'held', 'deleted', 'removed')),
    pinned_at     TIMESTAMP,
    promotable    BOOLEAN NOT NULL,
    -- last_seq is the newest number given out; shown_seq, post_count and last_post_at know only visible posts, so
    -- that no count and no order tells of one that waits
    last_seq      INTEGER NOT NULL,
    shown_seq     INTEGER NOT NULL,
    post_count    INTEGER NOT NULL,
    last_post_at  TIMESTAMP NOT NULL,
    version       INTEGER NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE TABLE post (
    id             TEXT NOT NULL PRIMARY KEY,
    topic_id       TEXT NOT NULL REFERENCES topic (id),
    space_id       TEXT NOT NULL REFERENCES space (id),
    membership_id  TEXT REFERENCES membership (id),
    shown_alias    TEXT NOT NULL,
    shown_role     TEXT NOT NULL CHECK (shown_role IN ('member', 'facilitator', 'staff')),
    seq            INTEGER NOT NULL,
    reply_to       TEXT REFERENCES post (id),
    body           TEXT NOT NULL,
    body_html      TEXT NOT NULL,
    policy_version INTEGER NOT NULL,
    visibility     TEXT NOT NULL CHECK (visibility IN ('visible', 'held', 'deleted', 'removed')),
    held_reason    TEXT NOT NULL,
    calm_banner    BOOLEAN NOT NULL,
    revision       INTEGER NOT NULL,
    version        INTEGER NOT NULL,
    created_at     TIMESTAMP NOT NULL,
    -- when others could first see it; null: they never have, and nothing shows that it was there
    shown_at       TIMESTAMP,
    edited_at      TIMESTAMP,
    detached_at    TIMESTAMP,
    UNIQUE (topic_id, seq)
);
CREATE TABLE post_revision (
    id          TEXT NOT NULL PRIMARY KEY,
    post_id     TEXT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    revision    INTEGER NOT NULL,
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    body_html   TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    redacted_at TIMESTAMP,
    UNIQUE (post_id, revision)
);
CREATE TABLE reaction (
    post_id       TEXT NOT NULL REFERENCES post (id) ON DELETE CASCADE,
    membership_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    kind          TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    PRIMARY KEY (post_id, membership_id)
);
CREATE TABLE read_mark (
    membership_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    topic_id      TEXT NOT NULL REFERENCES topic (id) ON DELETE CASCADE,
    seq           INTEGER NOT NULL,
    read_at       TIMESTAMP NOT NULL,
    PRIMARY KEY (membership_id, topic_id)
);
CREATE TABLE draft (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    sealed     BYTEA NOT NULL,
    key_id     TEXT NOT NULL,
    saved_at   TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE TABLE search_result (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    sealed     BYTEA NOT NULL,
    key_id     TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE TABLE block (
    blocker_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    blocked_id TEXT NOT NULL REFERENCES membership (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);
CREATE TABLE concern (
    id            TEXT NOT NULL PRIMARY KEY,
    receipt_hash  BYTEA NOT NULL UNIQUE,
    about         TEXT NOT NULL CHECK (about IN ('person', 'post', 'myself', 'site', 'other')),
    body_sealed   BYTEA NOT NULL,
    answer_sealed BYTEA,
    key_id        TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
    version       INTEGER NOT NULL,
    created_at    TIMESTAMP NOT NULL,
    answered_at   TIMESTAMP,
    answered_by   TEXT REFERENCES account (id)
);
CREATE TABLE assessment (
    id            TEXT NOT NULL PRIMARY KEY,
    source_kind   TEXT NOT NULL CHECK (source_kind IN ('topic', 'post', 'report', 'concern', 'message', 'plan')),
    source_id     TEXT NOT NULL,
    revision      INTEGER NOT NULL,
    space_id      TEXT REFERENCES space (id),
    rules_version TEXT NOT NULL,
    level         TEXT NOT NULL CHECK (level IN ('green', 'amber', 'red', 'crisis')),
    category      TEXT NOT NULL,
    subject       TEXT NOT NULL,
    reasons       TEXT NOT NULL,
    correction    TEXT,
    corrected_by  TEXT REFERENCES account (id),
    corrected_at  TIMESTAMP,
    created_at    TIMESTAMP NOT NULL,
    UNIQUE (source_kind, source_id, revision)
);
CREATE TABLE crisis_case (
    id              TEXT NOT NULL PRIMARY KEY,
    account_id      TEXT REFERENCES account (id),
    concern_id      TEXT REFERENCES concern (id),
    membership_id   TEXT REFERENCES membership (id),
    space_id        TEXT REFERENCES space (id),
    level           TEXT NOT NULL CHECK (level IN ('green', 'amber', 'red', 'crisis')),
    -- the highest level that any signal or person gave it: a crisis needs two people to close, also after lowering
    peak_level      TEXT NOT NULL CHECK (peak_level IN ('green', 'amber', 'red', 'crisis')),
    category        TEXT NOT NULL,
    subject         TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('new', 'acknowledged', 'in_contact', 'escalated', 'monitoring', 'closed')),
    version         INTEGER NOT NULL,
    owner_id        TEXT REFERENCES account (id),
    owner_until     TIMESTAMP,
    outcome         TEXT NOT NULL,
    closing_by      TEXT REFERENCES account (id),
    second_person   TEXT REFERENCES account (id),
    opened_at       TIMESTAMP NOT NULL,
    due_at          TIMESTAMP NOT NULL,
    acknowledged_at TIMESTAMP,
    closed_at       TIMESTAMP
);
CREATE TABLE case_signal (
    id            TEXT NOT NULL PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    space_id      TEXT REFERENCES space (id),
    membership_id TEXT REFERENCES membership (id),
    source_kind   TEXT NOT NULL,
    source_id     TEXT NOT NULL,
    assessment_id TEXT REFERENCES assessment (id),
    level         TEXT NOT NULL CHECK (level IN ('green', 'amber', 'red', 'crisis')),
    category      TEXT NOT NULL,
    subject       TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE TABLE case_event (
    id          TEXT NOT NULL PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    seq         INTEGER NOT NULL,
    actor_id    TEXT REFERENCES account (id),
    kind        TEXT NOT NULL,
    from_state  TEXT NOT NULL,
    to_state    TEXT NOT NULL,
    code        TEXT NOT NULL,
    note_sealed BYTEA,
    key_id      TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    UNIQUE (case_id, seq)
);
CREATE TABLE case_timer (
    id         TEXT NOT NULL PRIMARY KEY,
    case_id    TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    generation INTEGER NOT NULL,
    due_at     TIMESTAMP NOT NULL,
    fired_at   TIMESTAMP,
    UNIQUE (case_id, kind, generation)
);
CREATE TABLE call_attempt (
    id              TEXT NOT NULL PRIMARY KEY,
    case_id         TEXT NOT NULL REFERENCES crisis_case (id) ON DELETE CASCADE,
    way             TEXT NOT NULL,
    state           TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    created_at      TIMESTAMP NOT NULL,
    updated_at      TIMESTAMP NOT NULL
);
CREATE TABLE case_contact (
    case_id        TEXT NOT NULL PRIMARY KEY REFERENCES crisis_case (id) ON DELETE CASCADE,
    name_sealed    BYTEA,
    phone_sealed   BYTEA,
    address_sealed BYTEA,
    key_id         TEXT NOT NULL,
    version        INTEGER NOT NULL,
    given_at       TIMESTAMP NOT NULL
);
CREATE TABLE report (
    id          TEXT NOT NULL PRIMARY KEY,
    space_id    TEXT NOT NULL REFERENCES space (id),
    account_id  TEXT REFERENCES account (id) ON DELETE SET NULL,
    target_kind TEXT NOT NULL CHECK (target_kind IN ('post')),
    target_id   TEXT NOT NULL,
    reason      TEXT NOT NULL,
    body_sealed BYTEA,
    key_id      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'acted', 'dismissed')),
    version     INTEGER NOT NULL,
    created_at  TIMESTAMP NOT NULL,
    decided_at  TIMESTAMP
);
CREATE TABLE review_item (
    kind         TEXT NOT NULL CHECK (kind IN ('post', 'report', 'concern')),
    target_id    TEXT NOT NULL,
    lease_holder TEXT REFERENCES account (id),
    lease_until  TIMESTAMP,
    version      INTEGER NOT NULL,
    PRIMARY KEY (kind, target_id)
);
CREATE TABLE decision (
    id          TEXT NOT NULL PRIMARY KEY,
    space_id    TEXT NOT NULL REFERENCES space (id),
    actor_id    TEXT NOT NULL REFERENCES account (id),
    kind        TEXT NOT NULL CHECK (kind IN ('release', 'hold', 'remove', 'restore', 'act', 'dismiss')),
    target_kind TEXT NOT NULL CHECK (target_kind IN ('post', 'report')),
    target_id   TEXT NOT NULL,
    reason      TEXT NOT NULL,
    statement   TEXT NOT NULL,
    appeal_of   TEXT REFERENCES decision (id),
    created_at  TIMESTAMP NOT NULL
);
CREATE TABLE notice (
    id         TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    ref_id     TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    seen_at    TIMESTAMP
);
CREATE TABLE job (
    id            TEXT NOT NULL PRIMARY KEY,
    kind          TEXT NOT NULL,
    dedupe_key    TEXT UNIQUE,
    payload       TEXT NOT NULL,
    due_at        TIMESTAMP NOT NULL,
    attempts      INTEGER NOT NULL,
    claimed_by    TEXT,
    claimed_until TIMESTAMP,
    parked_at     TIMESTAMP,
    last_error    TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL
);
CREATE TABLE audit_event (
    seq         BIGINT NOT NULL PRIMARY KEY,
    at          TIMESTAMP NOT NULL,
    actor       TEXT NOT NULL,
    action      TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id   TEXT NOT NULL,
    space_id    TEXT NOT NULL,
    code        TEXT NOT NULL,
    prev_mac    BYTEA NOT NULL,
    mac         BYTEA NOT NULL
);
CREATE TABLE audit_head (
    id  INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    mac BYTEA NOT NULL
);
CREATE TABLE setting (
    key        TEXT NOT NULL PRIMARY KEY,
    value      TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX credential_one_passphrase ON credential (account_id) WHERE kind = 'passphrase';
CREATE INDEX credential_account ON credential (account_id);
CREATE INDEX recovery_code_account ON recovery_code (account_id);
CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_expires ON session (expires_at);
CREATE INDEX consent_account ON consent (account_id);
CREATE INDEX rate_limit_starts ON rate_limit (starts_at);
CREATE INDEX staff_grant_account ON staff_grant (account_id);
CREATE INDEX shift_ends ON shift (ends_at);
CREATE INDEX topic_activity ON topic (space_id, last_post_at, id);
CREATE INDEX topic_pinned ON topic (space_id, pinned_at) WHERE pinned_at IS NOT NULL;
CREATE INDEX topic_membership ON topic (membership_id);
CREATE INDEX post_membership ON post (membership_id);
CREATE INDEX post_visible ON post (topic_id, seq, membership_id) WHERE visibility = 'visible';
CREATE INDEX post_calm ON post (topic_id) WHERE calm_banner;
CREATE INDEX post_held ON post (space_id, created_at) WHERE visibility = 'held';
CREATE INDEX draft_account ON draft (account_id);
CREATE INDEX search_result_expires ON search_result (expires_at);
CREATE UNIQUE INDEX crisis_case_open_account ON crisis_case (account_id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX crisis_case_open_concern ON crisis_case (concern_id) WHERE closed_at IS NULL;
CREATE INDEX crisis_case_open ON crisis_case (opened_at) WHERE closed_at IS NULL;
CREATE INDEX case_signal_case ON case_signal (case_id);
CREATE INDEX case_timer_due ON case_timer (due_at) WHERE fired_at IS NULL;
CREATE INDEX report_open ON report (space_id, created_at) WHERE state = 'open';
CREATE INDEX report_target ON report (target_id);
CREATE UNIQUE INDEX report_once ON report (account_id, target_id) WHERE state = 'open';
CREATE INDEX assessment_unread ON assessment (space_id, created_at) WHERE level = 'amber' AND correction IS NULL;
CREATE INDEX decision_target ON decision (target_kind, target_id);
CREATE INDEX notice_account ON notice (account_id, created_at);
CREATE INDEX job_due ON job (due_at) WHERE parked_at IS NULL;
INSERT INTO goose_db_version VALUES (1, 0, 1, '2026-11-22 07:01:29');
INSERT INTO goose_db_version VALUES (2, 1, 1, '2026-11-22 07:01:29');
INSERT INTO goose_db_version VALUES (3, 2, 1, '2026-11-22 07:01:29');
INSERT INTO goose_db_version VALUES (4, 3, 1, '2026-11-22 07:01:29');
INSERT INTO goose_db_version VALUES (5, 4, 1, '2026-11-22 07:01:29');
INSERT INTO goose_db_version VALUES (6, 5, 1, '2026-11-22 07:01:29');
INSERT INTO goose_db_version VALUES (7, 6, 1, '2026-11-22 07:01:29');
INSERT INTO account VALUES ('oizpilkzviudx6qjaqkh', 'forundret-planet-3486', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('l4nfzlyn3sjvudbm5v4x', 'nydelig-globus-8380', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('nuxzk73bcdgei22gybkc', 'synkron-guirlande-5842', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('mzjclzh7nrxuibsjo4w4', 'rutineret-lyskugle-7093', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('qa2cxhsf3ke55mr5zfcp', 'broget-ferie-8680', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('6essgghrgk2laexk7tlp', 'blid-topas-8923', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('sxuttq6ggdd2xli22afy', 'oplyst-delfin-8127', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('u26l2aqnm7ycxf4qnw4s', 'galopperende-dans-8889', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('z2nlvs4bmbxb2bcwd477', 'rejselysten-avokado-4968', 2010, 'da', '', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('d723yzgjjrzao472zpmw', 'vinterhvid-koral-1541', 0, 'da', 'qlireuttzdms', 'active', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('4o33acpcb5gqro7tafo2', 'eventyrlig-perlekrans-9662', 0, 'da', 'qjjrqejznefi', 'active', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('sxm2turjqzdkmgjy5tgk', 'flittig-stork-7799', 0, 'da', 'qcuhuvbqguoy', 'active', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('fj4vnl4hohvy6yhbaws6', 'indbydende-solsikke-1847', 0, 'da', 'qcrhauiijhbu', 'active', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('5qjnbjinct5pg6icwz7f', 'vandklar-vinterhave-5076', 0, 'da', 'qcvvjtlouqxa', 'active', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('aphahmvnytedqf5upruv', 'malerisk-lama-6189', 0, 'da', 'qxsujrnmnuda', 'active', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO account VALUES ('6bhz3zd4calamc4n3gga', 'travl-palet-3529', 0, 'da', 'qevixazmyuqj', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO credential VALUES ('ieqg36cixm4q4p35hqt7', 'oizpilkzviudx6qjaqkh', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('fpeh3j2nrkvlsxknxltg', 'l4nfzlyn3sjvudbm5v4x', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('n3inp56ixkpxbpi4tec7', 'nuxzk73bcdgei22gybkc', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('ywas7swmbbiqyiu6zo5r', 'mzjclzh7nrxuibsjo4w4', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('4wyqc6byt7zpvmjvhq3d', 'qa2cxhsf3ke55mr5zfcp', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('k3bz4lnhgxsijcuqcc3b', '6essgghrgk2laexk7tlp', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('zqgupd3bbwynicpif375', 'sxuttq6ggdd2xli22afy', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('n7wcterrwwuyjehqwyuv', 'u26l2aqnm7ycxf4qnw4s', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('adupdm277t4fspkgdkpw', 'z2nlvs4bmbxb2bcwd477', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H9j4t+CKZ9lgCBHh4EqvkQ$rPRlmOZ88oYWvlCZecyJr/Q4syDiDNQgUdK89K6RD/4', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('cta7jqbpzxh7zv2ea6ip', 'd723yzgjjrzao472zpmw', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$H3Gz3OE26jO27cb7TFBsNQ$XBK3LEDBM181Jtbnuy9W+QtafZW7aDvN8YhgBffJSwA', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('4negmdxwbi5d5rj4wnvd', '4o33acpcb5gqro7tafo2', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$6snQlrtUsuIzGemC4vP68A$fg23DhQR+tZ/9uAr7v+xODdRJhKrL4cvbo0rzrJb63k', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('wp6tbh3guy6hbnbuvc7d', 'sxm2turjqzdkmgjy5tgk', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$P7okKMBmjwGei1fEmd1btg$BK8qLHceEeYwH2dAymSF7WOSwrDfyBAR6I+u+IBlyeY', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('ioes2hfwoag4ng7n7ucb', 'fj4vnl4hohvy6yhbaws6', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$DNqPUMVkoV3wP1+GNdKZBw$cpSbm1MFG9EUuJRs19333HFk6AqWjl60BSIDhYgpQ/Q', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('7lgjbmdrkv3njkvsmjjn', '5qjnbjinct5pg6icwz7f', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$dy83d2uABvUJl0FcUo8T1Q$Y8lvo1N/DFQMqEQY2MyVxLMTRTkoYygLAoxngw3GrtY', '2026-11-22 11:00:00+00:00');
INSERT INTO credential VALUES ('bwm7vb3erbgc47ijz5if', 'aphahmvnytedqf5upruv', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$S6hV3Kkn372W5cJtJcAWQQ$cScN9Gn0Lhs00rTf6oA+sSOrpgYH/jyXL0ikmId+vPc', '2026-11-22 11:00:00+00:00');
INSERT INTO recovery_code VALUES ('3cwm5jbxeiwe7fnagkla', 'd723yzgjjrzao472zpmw', X'4D5C653374A4E9298916BC281A337740974D5BB5E07D1BA3BB3F7B14F14E886D', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('p6f2pxcslxhvi2pjv6hs', 'd723yzgjjrzao472zpmw', X'412A62B780AD0ECFD38C8491ED4F05262ABA136619E9A0B0A8F9B812B050D355', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('l4dlprpzjariugvhvaox', 'd723yzgjjrzao472zpmw', X'64FF61ACA15076E1D10CDFA52C3BE27B67AA88F59A94A9F76E6ED474EB9EEF96', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('ryqhakk5y7ejgamo3yrk', 'd723yzgjjrzao472zpmw', X'28D164D6D8D26F175830DAAF78DCAF8A6CCBB6F56A74093B2A3CF6C9C0256815', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('3o2wzpzc4f6iemxeuqvy', 'd723yzgjjrzao472zpmw', X'76E80A9B4FAC0773C8A39F0BE771BFFD7C87A4222DE9FB476095A9354F567A98', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('xl5z4duaxqonmu6i64d3', 'd723yzgjjrzao472zpmw', X'1610F2D66EC62B65B3F71ED9500C8B97EECDB8AA98E07BFF4E9BF16763FCD849', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('wqblj6n5noig2hyuryqy', 'd723yzgjjrzao472zpmw', X'167DFFD2148CD2EB8D506EB611036DF6131B4164CA5E7ECBD092FA02CDB1584A', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('pytnf5ebivewa3ccnavh', 'd723yzgjjrzao472zpmw', X'C2ABA94177409861D6F5A9C2160E912DBC5884E3D0DB94593A24DCC63DC2169D', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('t6qg4o2hg4bkvvzcrxu5', 'd723yzgjjrzao472zpmw', X'ADDDADB0A0AACC21CF20E1CECA0B5D574E2728FD06ACC4DC1B769BB33F49B206', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('kbkn2vtjiv4hq5jg5eeu', 'd723yzgjjrzao472zpmw', X'DF45D4FDA95CA45251E53399372BDAA3BA77157AE2106AF7CC86A46E9A315F16', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('pyvmgggagrcjpuewdlxi', '4o33acpcb5gqro7tafo2', X'E893EA02BFBAC4CF42A2B5BA45C78E238F1A100F64587ABA98AD0E8152F463A1', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('fun3edsswxeuxp5ykktk', '4o33acpcb5gqro7tafo2', X'79A2BA460825ED4477D6E864785512246E4CBBAC5E91612D9994E7309F79A7D0', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('kcgohfundpqql7ezryfq', '4o33acpcb5gqro7tafo2', X'0453FD3C9C9E1B4924911F202FD339882E83ADD5E32B4E4B27FA83F8F3C3DBB9', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('syn4hg2rmscr3wpbnhhl', '4o33acpcb5gqro7tafo2', X'B51B54734E4C8FE2E7F31D2BE5C55763D7EDA79EB34459EEABC81165388A6CBF', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('k4q2uxdufjbh4aqqxdfp', '4o33acpcb5gqro7tafo2', X'872B94C39CDDA00DF0F1F5CA4F95D15F23E11FC4F3F0CF183DDD94E9A67CBEFC', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('ftldyxzfihaxxhqokxhm', '4o33acpcb5gqro7tafo2', X'3271E729A63276447C8230FC08936DDC2F5D0B07079D968AE24D32FA802585C9', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('kb2j5twajfo4ntwsnh57', '4o33acpcb5gqro7tafo2', X'8EA78367F2F39499A0072CDE361483C7557DFFDC9354CBECA6B8C7B359D09156', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('ggxtz3tabao4hfocanoj', '4o33acpcb5gqro7tafo2', X'F32E14E4B2837D8D2F44F8A9D3FF6C7C0C60EB96A3DFBA16919A10259D623FF7', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('rr37sp7ivlx4n3xam22y', '4o33acpcb5gqro7tafo2', X'52A25813702D68E0893A2F75B721F4C09649486325E0CAC78A93CAD700479E9B', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('3c6tuyetm2sniu4qsjr2', '4o33acpcb5gqro7tafo2', X'24414436F336E61A291BEDA812918AA90C755833F9A477D7F9E4214ACCFB92FA', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('yvltaoox63iuhkiklnr7', 'sxm2turjqzdkmgjy5tgk', X'EA01CB0C096D444DCACBC3069B263C3DDE9EE50C5F59D59071D1B865689CD582', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('uaxqs7elom5vouuak6k6', 'sxm2turjqzdkmgjy5tgk', X'E0DB1FE0920F8421FDFBB6D8B76E8A828FB75D436FDF1D2247E18FD1A5248E77', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('3az77zkl33xjcbxonuu4', 'sxm2turjqzdkmgjy5tgk', X'C5203814D22FCA09CD3CEAE8885DE421C29BCCDA4AED9801D75B6C09F3D26EF1', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('ddrv4qy3uqtrsafa45qe', 'sxm2turjqzdkmgjy5tgk', X'34AB9871C1CA291DCBC2DB290EE1DCFAF616A1859CAA6BF1B42D02CC10222B8F', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('lrz4javohjauvmejnjjr', 'sxm2turjqzdkmgjy5tgk', X'F6F2F6F0D448245E68916B0CA2DE30D7CB4068D7D1D5063243F8DB4B31F9898D', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('2whlxmzy5flfcm3j7a3n', 'sxm2turjqzdkmgjy5tgk', X'CB188302AD4ECA3114C732E7126753DA31B8D05B94DC62D8BFA03C41FC49056B', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('xfmw6ahny2zlvo7mwmk7', 'sxm2turjqzdkmgjy5tgk', X'71C255A7DE8884DB989F928C7650A968E32BB9467E2653B3C2AD50AF6C2AA951', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('qikfvhxuadd46cacwuoi', 'sxm2turjqzdkmgjy5tgk', X'E68CDCAC9E2EB907D6B80AE8A6291EC00A773B17D0AD63E25C5B6D9FDC5C768C', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('7og32rogcbupr7qmkszp', 'sxm2turjqzdkmgjy5tgk', X'518961E0C04F91F90078792C3F6ACDDB50B119716EA5832B3EA894C03B869B08', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('umfi3uhtjtne2cs5slxi', 'sxm2turjqzdkmgjy5tgk', X'65E2BA2CCD4E237504DF8E58EADB7C3CB4114B3F874BAD1A4C4891CD476F2161', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('k47d2774c253agwnacke', 'fj4vnl4hohvy6yhbaws6', X'EBF1F3F9478BD1C25E7E8843A58C8D807574F3F11E40BCBD763474ADA21F316A', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('7ytha3pjrq2fdq7lld5k', 'fj4vnl4hohvy6yhbaws6', X'0A528698A2CC319AEC099DA48A76AF245DC4E8C05BDB28F51880E02AFFD2D6EA', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('nndxvnoimwiav4jg7jzc', 'fj4vnl4hohvy6yhbaws6', X'BFAA9A04EC6C7D6F8A8AD76D917FE814746C314B3A1E7F56D09B91CBC8C4E4D3', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('ikwjjkl7tstisscxlac5', 'fj4vnl4hohvy6yhbaws6', X'B4FBBF7EC03AB3DB09A46D501D9EDBC22CD1E2E1ACCC172311B0FD2F2769AD03', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('qcfxmsqelpknuj6cjkhh', 'fj4vnl4hohvy6yhbaws6', X'3D3FA76AD99D84FEE1A0A01CB23AA6C52267318675E22026A58BC2CF0A7672EE', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('3rb2yfnnyfr5lxns7iiz', 'fj4vnl4hohvy6yhbaws6', X'0BB3E7EFC52CB63C7023884B4A045C80AD709F52F4665EA267802C5FE78C12E9', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('e3vgo2bigumhzgcl46ph', 'fj4vnl4hohvy6yhbaws6', X'EAAEB3F9BBA4C4D75BF1B90D88C7C688FDA3D7A5D521D7826235D9FF04EA39E9', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('qqgtgjesuwusexvpjmqe', 'fj4vnl4hohvy6yhbaws6', X'12D87C4816CFFF013CF86208914A7BF63FC3B910017487BB7CEADC1EF7F65B03', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('xuhr4lx7tkwxabyaxhun', 'fj4vnl4hohvy6yhbaws6', X'F618E5CB9149D9F4A670E359B87D491A78221C7937C81D51B2471AAA8D54CA2F', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('6kttqc3yq2x3dm74vhhw', 'fj4vnl4hohvy6yhbaws6', X'F8D491A287B306D589F2AC95EB35F7F5D87E1A693257B86EE44565FE748FCD8C', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('qj2ud4lsx3tem2zou2ha', '5qjnbjinct5pg6icwz7f', X'54B03A598B6A16E3DF74A0AC6B0BC2E66E560232D5C968F230923EE9741DE310', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('tqgnhdtf3mg5hkkhydxi', '5qjnbjinct5pg6icwz7f', X'81F98501B6D4F6B7D6FEC5361EEBCDD7331561DA7DF46D5812BC86A57D5DC691', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('yvd5fadsxprc5zxaofrx', '5qjnbjinct5pg6icwz7f', X'8A9CCFD3152D3E0AFFC5D3D184502613AC6666C2DBED0329709AF811B958ED34', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('oemrskrptnmpc7473jca', '5qjnbjinct5pg6icwz7f', X'9D1DE51046E65C057C239B249E838527260D0B144DB8A8C99EAA6087C05245EC', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('udp53wpyxifimdpizuiw', '5qjnbjinct5pg6icwz7f', X'51072EEE7A99A98610BC4680A4103FB65F3D619B7937CBB268B09F012130404D', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('tvcpwu7lbzcfddaqps5d', '5qjnbjinct5pg6icwz7f', X'83C67BA45556A5607033CF5790A781F6C5C231FC19A79355E8041BD6E95CC86B', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('g2b76ra453r326movqby', '5qjnbjinct5pg6icwz7f', X'5879D5A6D5993D4A6E015CF107562F08E11A5429EFD873A12B8CC61354BE0BD1', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('pcmjkxgvg5orcmip77xd', '5qjnbjinct5pg6icwz7f', X'08CE9404CBE0959708415BE43F058FF1C76E89EB967CBCA7FD4318154E680F5A', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('bi3vvavnu4umcz4ty7ju', '5qjnbjinct5pg6icwz7f', X'606AF6CBFA21AFE5D068CB2DB416E213F1059777802816C8929593E889FAD449', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('uzmcunhdjcf2lousqs7e', '5qjnbjinct5pg6icwz7f', X'BF9AFEA456EF766BB506ABE8B9452EEBD6574960BA800A26B83095879926AFDA', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('mlemztntrb2pe6oh3gft', 'aphahmvnytedqf5upruv', X'DA1E091B09035974D42FC35AFC820C6DEFCE1024469D2B03BB7142D3C71BBE39', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('iyiuhjqsm7scm7upg4an', 'aphahmvnytedqf5upruv', X'2229B0D0FB34BF927BABEED587214860989FA90425BFDF508BF22B33AC62B448', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('22gcegxa3yvzg6vsdehl', 'aphahmvnytedqf5upruv', X'EDDCA4B73B69B12F06EC47C04429AFBB23F7B4A79AD913C812585879C4E9152F', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('unywaijctdpqgpjpsu6g', 'aphahmvnytedqf5upruv', X'9786976F23D17936BFC73FD76DD854BF9FCF1DA6EA0073A85EA6A2AD28DB2B8F', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('pkegvdskn6ikckpltztn', 'aphahmvnytedqf5upruv', X'CC78FE98EA68CF19578A148FCF130270FD94F07B5D2EC25BCE5D822AC470B0C8', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('hrgmx6zlocmdt3wlptsu', 'aphahmvnytedqf5upruv', X'BB25651EF3FEB4E98986A7285786BACF5D9D529019339FD15C62751561CE683D', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('n5us2nguq57yngy4yuue', 'aphahmvnytedqf5upruv', X'D97AD41841B6B6CFC2D1E3C1262914B3256D3DE2B6925C7C55E7C762129C502B', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('ziqdhzrj7vdpy7jz6bfu', 'aphahmvnytedqf5upruv', X'5CBBC216D320204ABDD0A3179F481D11A92A580C3F9435B4EB974E7444903024', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('cmkbrqiv7cky5aimklpj', 'aphahmvnytedqf5upruv', X'FA494353357CB457C8E03ABE08AE4C232E3EA4F59CE5F5C83546E0A88A47928E', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO recovery_code VALUES ('3ltvl5ct7aghhsozdppt', 'aphahmvnytedqf5upruv', X'3F9BD7C4E72370D66FCBB80B0B1F8DC36B31E72288C628C5DB8E2313641F8CB7', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO signin_link VALUES ('rem6kual7o4am4uxj7rx', 'd723yzgjjrzao472zpmw', X'CC73BA7A1BA7B69558DB95F17643F71F708D73E5AB6C90E54695B9ECCFD34B78', '2026-11-22 11:00:00+00:00', '2026-11-23 11:00:00+00:00', '2026-11-22 11:00:00+00:00');
INSERT INTO signin_link VALUES ('yd5ryb4ablcmedoqa5iu', '4o33acpcb5gqro7tafo2', X'39A434943A3EAEF4D1F384AF7FC43D25D42DD8BD07386489AFCEB20405F80252', '2026-11-22 11:00:00+00:00', '2026-11-23 11:00:00+00:00', '2026-11-22 11:00:00+00:00');
INSERT INTO signin_link VALUES ('j3mv3xj2x56gxuyirnyw', 'sxm2turjqzdkmgjy5tgk', X'29E7961B0388E6197AA0F005E9CD37675933BB8CBFB9A99FE74589FE9B6682C5', '2026-11-22 11:00:00+00:00', '2026-11-23 11:00:00+00:00', '2026-11-22 11:00:00+00:00');
INSERT INTO signin_link VALUES ('k4k4z223znrtmh2s6dnz', 'fj4vnl4hohvy6yhbaws6', X'2D578670FB37BD7AAB7B4E11F79EAB42E722ECABDD21A8FDCA354E705FCBE302', '2026-11-22 11:00:00+00:00', '2026-11-23 11:00:00+00:00', '2026-11-22 11:00:00+00:00');
INSERT INTO signin_link VALUES ('bba2p45tfibvtu3rp24j', '5qjnbjinct5pg6icwz7f', X'34986CED0ED4F3BD8FBD198A137EBF73C49552707025512AAF321289BDDB1776', '2026-11-22 11:00:00+00:00', '2026-11-23 11:00:00+00:00', '2026-11-22 11:00:00+00:00');
INSERT INTO signin_link VALUES ('n3ebbic3r7ueid3pat5s', 'aphahmvnytedqf5upruv', X'6F1B80D8D6873B2B7712635BB59B6C34672E221CEC61E26BD08C12CB27C7277F', '2026-11-22 11:00:00+00:00', '2026-11-23 11:00:00+00:00', '2026-11-22 11:00:00+00:00');
INSERT INTO signin_link VALUES ('yq56fwgazz5vk5aswbmw', '6bhz3zd4calamc4n3gga', X'3A3553E2A3281AB010C8CC09E8FDE430ADA54BA5F776C19B6463C14780A8645E', '2026-11-22 11:00:00+00:00', '2026-11-23 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('wumwvrwnyznhcqjluq6i', 'oizpilkzviudx6qjaqkh', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('nv3xgzyyzhreajknd6n7', 'l4nfzlyn3sjvudbm5v4x', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('4gyh5xrxaqrrkaxc5wsw', 'nuxzk73bcdgei22gybkc', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('qkbebk6ys2e2o7gi4d67', 'mzjclzh7nrxuibsjo4w4', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('gzpyvh6qm43co577742e', 'qa2cxhsf3ke55mr5zfcp', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('piksmxd46csyejkzidt4', '6essgghrgk2laexk7tlp', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('r2ogtg3xrpdajcbesyln', 'sxuttq6ggdd2xli22afy', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('l3qujftpdq7j6tpukdac', 'u26l2aqnm7ycxf4qnw4s', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO consent VALUES ('66u7hoot7xfvm6rgx4gm', 'z2nlvs4bmbxb2bcwd477', 'health', 1, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO space VALUES ('7dyasmmbsda6onifv22m', 'relatives', 'qyiqldcpeela', 'qaqdiojstlfn', 'qbgjyurrefdj', 'qldiyidkomyz', 'qreflviqbayx', 'all', 'account', 'member', 'member', 'open', 1, 'Hver aften', 'Europe/Copenhagen', 'wheat', 'house', 'open', 0, 1, '2026-11-22 11:00:00+00:00');
INSERT INTO space VALUES ('ij7e5q7tpfvomvig7onm', 'relatives', 'qjqetotsuooy', 'qlgppyjduiqc', 'qsijufwioagy', 'qowzlvbuslid', 'quyqxosjklna', 'all', 'account', 'member', 'member', 'open', 1, 'Hver aften', 'Europe/Copenhagen', 'wheat', 'house', 'open', 0, 1, '2026-11-22 11:00:00+00:00');
INSERT INTO space VALUES ('trxn5njqt2oye5ejf5vu', 'relatives', 'qiqaeyqzjrtw', 'qwdnljjeweon', 'qfsrmjuitelo', 'qvwjilgypoky', 'qoorsrixcfue', 'all', 'staff', 'member', 'member', 'invitation', 1, 'Hver aften', 'Europe/Copenhagen', 'wheat', 'house', 'open', 0, 1, '2026-11-22 11:00:00+00:00');
INSERT INTO agreement VALUES ('mjlsmwj7ruiseb7rofgv', '7dyasmmbsda6onifv22m', 1, 'qqamhtcfmdue', '<p>qqamhtcfmdue</p>
', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement VALUES ('pup75bvvdhrjzo6uiwlo', 'ij7e5q7tpfvomvig7onm', 1, 'qhzootfsgimd', '<p>qhzootfsgimd</p>
', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement VALUES ('lrccntpexr6dfmsonwar', 'trxn5njqt2oye5ejf5vu', 1, 'qcbzopeoewcx', '<p>qcbzopeoewcx</p>
', '2026-11-22 11:00:00+00:00');
INSERT INTO membership VALUES ('dzhfekxjihtseip66xbj', 'nuxzk73bcdgei22gybkc', '7dyasmmbsda6onifv22m', 'qlhjystfghsv', 'qihjystfghsv', 'member', 'left', 9, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00');
INSERT INTO membership VALUES ('5f22j3vrd3w2b7irvzou', 'mzjclzh7nrxuibsjo4w4', '7dyasmmbsda6onifv22m', 'qbuvjbvooxdm', 'qbuvjbvooxdm', 'member', 'paused', 9, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('jctygwtas2zc5o3ffbjz', 'qa2cxhsf3ke55mr5zfcp', '7dyasmmbsda6onifv22m', 'qyxfnecxhqsk', 'qyxfnecxhqsk', 'member', 'active', 9, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('3mwm6bri4scizgwzujfg', '6essgghrgk2laexk7tlp', '7dyasmmbsda6onifv22m', 'qyuqizfmzurd', 'qyuqizfmzurd', 'member', 'active', 9, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('wqrh3d2gy6xrz7fuesnx', 'sxuttq6ggdd2xli22afy', '7dyasmmbsda6onifv22m', 'qcaqqzjbaaov', 'qcaqqzjbaaov', 'member', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('wo4iccgrjc7gxdt57b7g', 'z2nlvs4bmbxb2bcwd477', '7dyasmmbsda6onifv22m', 'qbpizrotrsey', 'qbpizrotrsey', 'member', 'active', 9, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('a4g7daucf2gxd2atwwod', 'u26l2aqnm7ycxf4qnw4s', '7dyasmmbsda6onifv22m', 'quyoapizmzmn', 'quyoapizmzmn', 'member', 'active', 9, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('cs2vgvyklfnyf652ltpr', 'u26l2aqnm7ycxf4qnw4s', 'ij7e5q7tpfvomvig7onm', 'qkbfrhipmrqx', 'qkbfrhipmrqx', 'member', 'active', 9, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('4jiecvq3mdw4ksjexsd3', 'l4nfzlyn3sjvudbm5v4x', 'ij7e5q7tpfvomvig7onm', 'qqmaauyubepk', 'qqmaauyubepk', 'member', 'active', 9, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('jmgms4ioy76f75ogunl2', 'l4nfzlyn3sjvudbm5v4x', 'trxn5njqt2oye5ejf5vu', 'qgaqlafwnqgi', 'qgaqiafwnqgi', 'member', 'active', 9, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO membership VALUES ('4mbwsgfmzyyjodi36tsc', 'sxm2turjqzdkmgjy5tgk', '7dyasmmbsda6onifv22m', 'qutuxyuademf', 'qutuxyuademf', 'staff', 'active', 0, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO agreement_acceptance VALUES ('dzhfekxjihtseip66xbj', 'mjlsmwj7ruiseb7rofgv', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('5f22j3vrd3w2b7irvzou', 'mjlsmwj7ruiseb7rofgv', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('jctygwtas2zc5o3ffbjz', 'mjlsmwj7ruiseb7rofgv', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('3mwm6bri4scizgwzujfg', 'mjlsmwj7ruiseb7rofgv', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('wqrh3d2gy6xrz7fuesnx', 'mjlsmwj7ruiseb7rofgv', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('wo4iccgrjc7gxdt57b7g', 'mjlsmwj7ruiseb7rofgv', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('a4g7daucf2gxd2atwwod', 'mjlsmwj7ruiseb7rofgv', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('cs2vgvyklfnyf652ltpr', 'pup75bvvdhrjzo6uiwlo', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('4jiecvq3mdw4ksjexsd3', 'pup75bvvdhrjzo6uiwlo', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('jmgms4ioy76f75ogunl2', 'lrccntpexr6dfmsonwar', '2026-11-22 11:00:00+00:00');
INSERT INTO agreement_acceptance VALUES ('4mbwsgfmzyyjodi36tsc', 'mjlsmwj7ruiseb7rofgv', '2026-11-22 11:00:00+00:00');
INSERT INTO staff_grant VALUES ('27aj6f53peaaylam5wli', 'd723yzgjjrzao472zpmw', 'facilitator', '7dyasmmbsda6onifv22m', '2026-11-22 11:00:00+00:00', NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO staff_grant VALUES ('yvimlg5o5g2cwn7v6zo4', '4o33acpcb5gqro7tafo2', 'moderator', 'ij7e5q7tpfvomvig7onm', '2026-11-22 11:00:00+00:00', NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO staff_grant VALUES ('jtmjgqvkblkeu2uzbluk', 'sxm2turjqzdkmgjy5tgk', 'moderator', '7dyasmmbsda6onifv22m', '2026-11-22 11:00:00+00:00', NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO staff_grant VALUES ('hhsftwkthnkwtxvmhnqq', 'fj4vnl4hohvy6yhbaws6', 'duty_lead', NULL, '2026-11-22 11:00:00+00:00', NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO staff_grant VALUES ('5qglugsa23sunylijuws', '5qjnbjinct5pg6icwz7f', 'safeguarding_lead', NULL, '2026-11-22 11:00:00+00:00', NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO staff_grant VALUES ('waxswjcdjoojmer4lj4r', 'aphahmvnytedqf5upruv', 'admin', NULL, '2026-11-22 11:00:00+00:00', NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO staff_grant VALUES ('2paosjhvz574dmbnjwr7', '6bhz3zd4calamc4n3gga', 'admin', NULL, '2026-11-22 11:00:00+00:00', NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO shift VALUES ('omkhkuikmlrdm75qltj2', 'sxm2turjqzdkmgjy5tgk', '7dyasmmbsda6onifv22m', '2026-11-22 10:00:00+00:00', '2026-11-22 12:00:00+00:00', '2026-11-22 11:00:00+00:00');
INSERT INTO topic VALUES ('tfkoqqhjqzjx5hmguliq', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'conversation', 'qyrjvahuqoog', 'open', 'visible', NULL, 1, 6, 4, 3, '2026-11-22 11:00:00+00:00', 5, '2026-11-22 11:00:00+00:00');
INSERT INTO topic VALUES ('rdo5w42a4yx2ayo4mtli', '7dyasmmbsda6onifv22m', 'wqrh3d2gy6xrz7fuesnx', 'conversation', 'qxsyghsuwiki', 'open', 'held', NULL, 1, 1, 0, 0, '2026-11-22 11:00:00+00:00', 2, '2026-11-22 11:00:00+00:00');
INSERT INTO topic VALUES ('cpilvlg2qy6rg53v3n6n', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'conversation', 'qbfrijhzlpdf', 'open', 'deleted', NULL, 1, 1, 0, 0, '2026-11-22 11:00:00+00:00', 3, '2026-11-22 11:00:00+00:00');
INSERT INTO topic VALUES ('ymjrww5hsfuzmkxbui76', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'conversation', 'qppnwxvnlzfw', 'open', 'removed', NULL, 1, 1, 0, 0, '2026-11-22 11:00:00+00:00', 3, '2026-11-22 11:00:00+00:00');
INSERT INTO topic VALUES ('cznsujjwwxcc7zl3s5mo', 'ij7e5q7tpfvomvig7onm', 'cs2vgvyklfnyf652ltpr', 'conversation', 'qoiczoyaojio', 'open', 'visible', NULL, 1, 1, 1, 1, '2026-11-22 11:00:00+00:00', 2, '2026-11-22 11:00:00+00:00');
INSERT INTO topic VALUES ('5drpwtq4fdecuytauh3g', 'trxn5njqt2oye5ejf5vu', 'jmgms4ioy76f75ogunl2', 'conversation', 'qmvluoofoyxo', 'open', 'visible', NULL, 1, 1, 1, 1, '2026-11-22 11:00:00+00:00', 2, '2026-11-22 11:00:00+00:00');
INSERT INTO topic VALUES ('n4ripod5unruv2ud56vr', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'conversation', 'quqoueuqvngp', 'open', 'visible', NULL, 0, 1, 1, 1, '2026-11-22 11:00:00+00:00', 2, '2026-11-22 11:00:00+00:00');
INSERT INTO post VALUES ('xa3mlpwvq355he22ybf2', 'tfkoqqhjqzjx5hmguliq', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'quyoapizmzmn', 'member', 1, NULL, 'qpiaxmscaaez', '<p>qpiaxmscaaez</p>
', 1, 'visible', '', 0, 1, 1, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post VALUES ('vhcqpsnz4h5ictbtv56w', 'tfkoqqhjqzjx5hmguliq', '7dyasmmbsda6onifv22m', '4mbwsgfmzyyjodi36tsc', 'qutuxyuademf', 'staff', 2, NULL, 'qlyhxryiawee', '<p>qlyhxryiawee</p>
', 1, 'visible', '', 0, 1, 1, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post VALUES ('lm3rxwurutzdnayzhjli', 'tfkoqqhjqzjx5hmguliq', '7dyasmmbsda6onifv22m', 'wo4iccgrjc7gxdt57b7g', 'qbpizrotrsey', 'member', 3, NULL, 'qtazygzaomdr', '<p>qtazygzaomdr</p>
', 1, 'held', 'minor', 0, 1, 1, '2026-11-22 11:00:00+00:00', NULL, NULL, NULL);
INSERT INTO post VALUES ('urkagbodj7gnxc6lgfwd', 'rdo5w42a4yx2ayo4mtli', '7dyasmmbsda6onifv22m', 'wqrh3d2gy6xrz7fuesnx', 'qcaqqzjbaaov', 'member', 1, NULL, 'qtuufptytuzu', '<p>qtuufptytuzu</p>
', 1, 'held', 'first_posts', 0, 1, 1, '2026-11-22 11:00:00+00:00', NULL, NULL, NULL);
INSERT INTO post VALUES ('nfbxp47in5pg7ec3fq3k', 'tfkoqqhjqzjx5hmguliq', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'quyoapizmzmn', 'member', 4, NULL, 'qtluiijsuppa', '<p>qtluiijsuppa</p>
', 1, 'visible', '', 0, 2, 2, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO post VALUES ('puz7rohgr5a6u5j52xrj', 'tfkoqqhjqzjx5hmguliq', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'quyoapizmzmn', 'member', 5, NULL, 'qaewffhnvuts', '<p>qaewffhnvuts</p>
', 1, 'deleted', '', 0, 1, 2, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post VALUES ('ctbgyasopam5ogr5a3rx', 'cpilvlg2qy6rg53v3n6n', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'quyoapizmzmn', 'member', 1, NULL, 'qoxtblefodeh', '<p>qoxtblefodeh</p>
', 1, 'deleted', '', 0, 1, 2, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post VALUES ('smlq6tototexce4hjqtx', 'ymjrww5hsfuzmkxbui76', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'quyoapizmzmn', 'member', 1, NULL, 'qyhztuyyifsr', '<p>qyhztuyyifsr</p>
', 1, 'removed', '', 0, 1, 2, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post VALUES ('xks4lr2l5an3rrqwfkcx', 'tfkoqqhjqzjx5hmguliq', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'quyoapizmzmn', 'member', 6, NULL, 'qmyppqryoasq', '<p>qmyppqryoasq</p>
', 1, 'removed', '', 0, 1, 2, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post VALUES ('b7jjf6f4zfh2inzfmzxz', 'cznsujjwwxcc7zl3s5mo', 'ij7e5q7tpfvomvig7onm', 'cs2vgvyklfnyf652ltpr', 'qkbfrhipmrqx', 'member', 1, NULL, 'qexsiahckthh', '<p>qexsiahckthh</p>
', 1, 'visible', '', 0, 1, 1, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post VALUES ('7wkivwnokyw74txq36oh', '5drpwtq4fdecuytauh3g', 'trxn5njqt2oye5ejf5vu', 'jmgms4ioy76f75ogunl2', 'qgaqlafwnqgi', 'member', 1, NULL, 'qakzahfbjzoi', '<p>qakzahfbjzoi</p>
', 1, 'visible', '', 0, 1, 1, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post VALUES ('77zhzuugtf5rr6ktealm', 'n4ripod5unruv2ud56vr', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'quyoapizmzmn', 'member', 1, NULL, 'qzrfiugoijsf Jeg tager mit eget liv i aften.', '<p>qzrfiugoijsf Jeg tager mit eget liv i aften.</p>
', 1, 'visible', '', 1, 1, 1, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', NULL, NULL);
INSERT INTO post_revision VALUES ('c32qzdnt4r4aijr7g5lv', 'nfbxp47in5pg7ec3fq3k', 1, '', 'qsigukikpbuj', '<p>qsigukikpbuj</p>
', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO read_mark VALUES ('a4g7daucf2gxd2atwwod', 'tfkoqqhjqzjx5hmguliq', 6, '2026-11-22 11:00:00+00:00');
INSERT INTO read_mark VALUES ('4mbwsgfmzyyjodi36tsc', 'tfkoqqhjqzjx5hmguliq', 2, '2026-11-22 11:00:00+00:00');
INSERT INTO read_mark VALUES ('wo4iccgrjc7gxdt57b7g', 'tfkoqqhjqzjx5hmguliq', 3, '2026-11-22 11:00:00+00:00');
INSERT INTO read_mark VALUES ('wqrh3d2gy6xrz7fuesnx', 'rdo5w42a4yx2ayo4mtli', 1, '2026-11-22 11:00:00+00:00');
INSERT INTO read_mark VALUES ('a4g7daucf2gxd2atwwod', 'cpilvlg2qy6rg53v3n6n', 1, '2026-11-22 11:00:00+00:00');
INSERT INTO read_mark VALUES ('a4g7daucf2gxd2atwwod', 'ymjrww5hsfuzmkxbui76', 1, '2026-11-22 11:00:00+00:00');
INSERT INTO read_mark VALUES ('cs2vgvyklfnyf652ltpr', 'cznsujjwwxcc7zl3s5mo', 1, '2026-11-22 11:00:00+00:00');
INSERT INTO read_mark VALUES ('jmgms4ioy76f75ogunl2', '5drpwtq4fdecuytauh3g', 1, '2026-11-22 11:00:00+00:00');
INSERT INTO read_mark VALUES ('a4g7daucf2gxd2atwwod', 'n4ripod5unruv2ud56vr', 1, '2026-11-22 11:00:00+00:00');
INSERT INTO draft VALUES ('an6ni75rkia4tok2z6a2', 'u26l2aqnm7ycxf4qnw4s', X'CB039D6CCFF4121CCAA4F7F021BF1B64213EC710C6B20CDF1103B5A85401C180BA1897CDBAB0F67C26E620327868E4ABD3077885E45E31AF8BBCBFF157E0DF94596BAAD5780229790137475653E635FC5C92B3395B15D3CE3359BD85B2E7F67E8CE519127CEE4EF01E5B64D968BC652F6E', 'd1bfc9913a4b', '2026-11-22 11:00:00+00:00', '2026-11-22 12:00:00+00:00');
INSERT INTO search_result VALUES ('lfom6we63i7jpq723xyw', '6essgghrgk2laexk7tlp', X'0B11A4B0917522B02B22978D02CCA9F51C850228DBE49E95FA1D6FF5C108D637E92FA1991A39E8E737279A93E1F3AC673EC661A6F2BCDBF4FE6D9943523D08B39B936A95E3F9F963C399A8F8B3B319912337B2B359B37F596F75498CBABF02DBEEC73D864FF232766FCB83F104FB24D70AC5BAE561AB3F30AB03347B1317C2D10E273B0F50CE3AE889F8E70592DFAA227C', 'd1bfc9913a4b', '2026-11-22 11:00:00+00:00', '2026-11-22 12:00:00+00:00');
INSERT INTO concern VALUES ('bkdpmuhgzj5zrdkpycc6', X'34968248F8F1C1557E2A3DA801FD55B6DDD077BA5F46824DA3CA3CBAA91C2852', 'person', X'7E8F83E607E371078DB2F7697787F90F38E7F4B6D53C2F72D16C5DECB9FC8D2823273CC9E0CB855C1CE4D0F0F929AA2CB89A9DA8', X'3CF2C2E7B7804A106BA795A9E7EAB94E628BADE4A4C543DAA49C9BC394492A27AFD94E34E90D71129EE27F6411BC8252569F0CC7', 'd1bfc9913a4b', 'answered', 2, '2026-11-22 11:00:00+00:00', '2026-11-22 11:00:00+00:00', 'fj4vnl4hohvy6yhbaws6');
INSERT INTO assessment VALUES ('vtkeqtl7e3qenrknzhlc', 'post', 'xa3mlpwvq355he22ybf2', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('h3sthraksurbixew65l3', 'post', 'vhcqpsnz4h5ictbtv56w', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('h5c4ehhngdmwyyj3fvzo', 'post', 'lm3rxwurutzdnayzhjli', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('56pjzmzqi5noecar5tld', 'post', 'urkagbodj7gnxc6lgfwd', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('u7rfnxplfbicjnz4zo4r', 'post', 'nfbxp47in5pg7ec3fq3k', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('rpnrdgqhwdl2o43w2d5c', 'post', 'nfbxp47in5pg7ec3fq3k', 2, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('2ixlr3vf5tpbu6s7zdl7', 'post', 'puz7rohgr5a6u5j52xrj', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('ys2vhzkl3n4tqveii5zs', 'post', 'ctbgyasopam5ogr5a3rx', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('gr57tfslyktgwskqpbzx', 'post', 'smlq6tototexce4hjqtx', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('qlkjnovq2qfqusqxfhf4', 'post', 'xks4lr2l5an3rrqwfkcx', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('hlggusnnkwxo4f4cc3fl', 'post', 'b7jjf6f4zfh2inzfmzxz', 1, 'ij7e5q7tpfvomvig7onm', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('z2wmjuydg63btq3othhb', 'post', '7wkivwnokyw74txq36oh', 1, 'trxn5njqt2oye5ejf5vu', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('eb3fc7hey55ainfvlfc7', 'post', '77zhzuugtf5rr6ktealm', 1, '7dyasmmbsda6onifv22m', '2026-11-22', 'crisis', 'suicide', 'author', '[{"Rule":"selvmord.nu","Start":31,"End":49,"Raises":true,"Level":3},{"Rule":"selvmord.ord","Start":31,"End":49,"Raises":true,"Level":2}]', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('2jeeke5hnb2a6qjcilbn', 'report', 'vxonhfzi3jy3i3ts5v2l', 2, '7dyasmmbsda6onifv22m', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO assessment VALUES ('n5syfyv7red5xbyda4e4', 'concern', 'bkdpmuhgzj5zrdkpycc6', 1, NULL, '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO crisis_case VALUES ('nz2mxbna3ik6kncsfnuf', 'u26l2aqnm7ycxf4qnw4s', NULL, 'a4g7daucf2gxd2atwwod', '7dyasmmbsda6onifv22m', 'crisis', 'crisis', 'suicide', 'author', 'acknowledged', 3, 'sxm2turjqzdkmgjy5tgk', '2026-11-22 11:15:00+00:00', '', NULL, NULL, '2026-11-22 11:00:00+00:00', '2026-11-22 11:05:00+00:00', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO case_signal VALUES ('l3bznomhwsdevbbv3zpz', 'nz2mxbna3ik6kncsfnuf', '7dyasmmbsda6onifv22m', 'a4g7daucf2gxd2atwwod', 'post', '77zhzuugtf5rr6ktealm', 'eb3fc7hey55ainfvlfc7', 'crisis', 'suicide', 'author', '2026-11-22 11:00:00+00:00');
INSERT INTO case_event VALUES ('z7fwrhv5gea37nfdxs4q', 'nz2mxbna3ik6kncsfnuf', 1, NULL, 'opened', 'new', 'new', 'crisis', NULL, '', '2026-11-22 11:00:00+00:00');
INSERT INTO case_event VALUES ('vy2txdk4laarh7ssg7yu', 'nz2mxbna3ik6kncsfnuf', 2, NULL, 'contact_given', 'new', 'new', '', NULL, '', '2026-11-22 11:00:00+00:00');
INSERT INTO case_event VALUES ('eglvppv46rb27iavcgh4', 'nz2mxbna3ik6kncsfnuf', 3, 'sxm2turjqzdkmgjy5tgk', 'take', 'new', 'acknowledged', '', NULL, '', '2026-11-22 11:00:00+00:00');
INSERT INTO case_event VALUES ('5lmwzvbi6gajbta4rzuo', 'nz2mxbna3ik6kncsfnuf', 4, 'sxm2turjqzdkmgjy5tgk', 'note', 'acknowledged', 'acknowledged', '', X'CBD3E7251F9386165303851D15A0384FF0D0F36F88B4C2E689E3C9DBDC5B2733D26DC8E1DB44DDF005AA98AADE3DD5720AA0805D', 'd1bfc9913a4b', '2026-11-22 11:00:00+00:00');
INSERT INTO case_contact VALUES ('nz2mxbna3ik6kncsfnuf', X'A155E7EF7E8DD1583E33DF6F6EC65ACC5D5BFE3E1F557F47236C03212EBE9745658F6D5A2AAE2CABD4348DDEF7C4AD6F62358934', X'E01B3709935698D8796D2B04E70D91359CF425FF6BD768921F59233D4336B2C5BA0A24DC2C4562700CA1B5B6CBA185A527F65B05', X'2DE085AACD3850FD26F7022E65BB451D0FD6BF34FE72C55E7BBCDB9A4579C8042EAA3A20821683E98C58474A09A1680EC56326CF', 'd1bfc9913a4b', 1, '2026-11-22 11:00:00+00:00');
INSERT INTO report VALUES ('vxonhfzi3jy3i3ts5v2l', '7dyasmmbsda6onifv22m', '6essgghrgk2laexk7tlp', 'post', 'xa3mlpwvq355he22ybf2', 'harsh', X'68A806DBFA93E5691D550973CC77255A9BBAFAD8E0AF72BF010DDE4F0F30F43B99CC20F51EB3706756FC8B9BAED06027079FE8EE', 'd1bfc9913a4b', 'open', 2, '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO review_item VALUES ('post', 'smlq6tototexce4hjqtx', NULL, NULL, 2);
INSERT INTO review_item VALUES ('post', 'xks4lr2l5an3rrqwfkcx', NULL, NULL, 2);
INSERT INTO decision VALUES ('kd4npiqitmkm62lixdf5', '7dyasmmbsda6onifv22m', 'sxm2turjqzdkmgjy5tgk', 'remove', 'post', 'smlq6tototexce4hjqtx', 'harsh', 'quqxziurdauy', NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO decision VALUES ('5yzxyfuil67gjphdcbny', '7dyasmmbsda6onifv22m', 'sxm2turjqzdkmgjy5tgk', 'remove', 'post', 'xks4lr2l5an3rrqwfkcx', 'harsh', 'qkntknsroipq', NULL, '2026-11-22 11:00:00+00:00');
INSERT INTO notice VALUES ('7vxemqrum46kuymnud6x', 'u26l2aqnm7ycxf4qnw4s', 'post_removed', 'kd4npiqitmkm62lixdf5', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO notice VALUES ('w3wm6rjvmto7nyasytdz', 'u26l2aqnm7ycxf4qnw4s', 'post_removed', '5yzxyfuil67gjphdcbny', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO notice VALUES ('bdkozj552hno7cv7yo4l', '5qjnbjinct5pg6icwz7f', 'case', 'nz2mxbna3ik6kncsfnuf', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO notice VALUES ('rklt4aqworicxhmnnvu6', 'fj4vnl4hohvy6yhbaws6', 'case', 'nz2mxbna3ik6kncsfnuf', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO notice VALUES ('ym6w5htb7j362vomnefv', 'sxm2turjqzdkmgjy5tgk', 'case', 'nz2mxbna3ik6kncsfnuf', '2026-11-22 11:00:00+00:00', NULL);
INSERT INTO job VALUES ('2ugiqbmr5afqwoxoij76', 'unheard_of', NULL, '{}', '2026-11-22 11:00:00+00:00', 9, NULL, NULL, '2026-11-22 11:00:00+00:00', 'internal', '2026-11-22 11:00:00+00:00');
INSERT INTO audit_event VALUES (1, '2026-11-22 11:00:00+00:00', '', 'staff_granted', 'account', 'd723yzgjjrzao472zpmw', '7dyasmmbsda6onifv22m', 'facilitator', X'', X'3C146F5FC83110181FF623BF35632015507ECE802429463434ADF8DCBC32C2C5');
INSERT INTO audit_event VALUES (2, '2026-11-22 11:00:00+00:00', '', 'staff_granted', 'account', '4o33acpcb5gqro7tafo2', 'ij7e5q7tpfvomvig7onm', 'moderator', X'3C146F5FC83110181FF623BF35632015507ECE802429463434ADF8DCBC32C2C5', X'5A985FB04E22412EFC30F5559AB1EB0BA041865B1C53A5E2B8C9CD63FAB3768D');
INSERT INTO audit_event VALUES (3, '2026-11-22 11:00:00+00:00', '', 'staff_granted', 'account', 'sxm2turjqzdkmgjy5tgk', '7dyasmmbsda6onifv22m', 'moderator', X'5A985FB04E22412EFC30F5559AB1EB0BA041865B1C53A5E2B8C9CD63FAB3768D', X'41C420C07311439B49DC6A9E79BF0930270C7C741F146722F0A8F2E27F7D4D41');
INSERT INTO audit_event VALUES (4, '2026-11-22 11:00:00+00:00', '', 'staff_granted', 'account', 'fj4vnl4hohvy6yhbaws6', '', 'duty_lead', X'41C420C07311439B49DC6A9E79BF0930270C7C741F146722F0A8F2E27F7D4D41', X'969F88EBBDA7E0754AF455D3800BBF19287386108F499FFDDB685CA37AAF1E66');
INSERT INTO audit_event VALUES (5, '2026-11-22 11:00:00+00:00', '', 'staff_granted', 'account', '5qjnbjinct5pg6icwz7f', '', 'safeguarding_lead', X'969F88EBBDA7E0754AF455D3800BBF19287386108F499FFDDB685CA37AAF1E66', X'B13D5BF273BEBD7A28B50A76E3D6AFA788B71109EE817E13780A24C83AFF3EE3');
INSERT INTO audit_event VALUES (6, '2026-11-22 11:00:00+00:00', '', 'staff_granted', 'account', 'aphahmvnytedqf5upruv', '', 'admin', X'B13D5BF273BEBD7A28B50A76E3D6AFA788B71109EE817E13780A24C83AFF3EE3', X'CB3DDB8F792CEDBA5F3BA0A7B44004C692569810C2B099E583978DCA951AEF67');
INSERT INTO audit_event VALUES (7, '2026-11-22 11:00:00+00:00', 'sxm2turjqzdkmgjy5tgk', 'post_removed', 'post', 'smlq6tototexce4hjqtx', '7dyasmmbsda6onifv22m', '', X'CB3DDB8F792CEDBA5F3BA0A7B44004C692569810C2B099E583978DCA951AEF67', X'8C8D0EC647C99F9715B16F2125E8C12C0676B9ACD7859C8D943AA285C7BD8D91');
INSERT INTO audit_event VALUES (8, '2026-11-22 11:00:00+00:00', 'sxm2turjqzdkmgjy5tgk', 'decided_remove', 'post', 'smlq6tototexce4hjqtx', '7dyasmmbsda6onifv22m', 'harsh', X'8C8D0EC647C99F9715B16F2125E8C12C0676B9ACD7859C8D943AA285C7BD8D91', X'98DA58D39BF07B1873941E4C9D8EC588C32BAC5504E1D3623B3D179A5DBC84E7');
INSERT INTO audit_event VALUES (9, '2026-11-22 11:00:00+00:00', 'sxm2turjqzdkmgjy5tgk', 'post_removed', 'post', 'xks4lr2l5an3rrqwfkcx', '7dyasmmbsda6onifv22m', '', X'98DA58D39BF07B1873941E4C9D8EC588C32BAC5504E1D3623B3D179A5DBC84E7', X'AB81E2726F25F1C47B23CF57D786946A6118E6D06FE047C76319A6BD76BD7346');
INSERT INTO audit_event VALUES (10, '2026-11-22 11:00:00+00:00', 'sxm2turjqzdkmgjy5tgk', 'decided_remove', 'post', 'xks4lr2l5an3rrqwfkcx', '7dyasmmbsda6onifv22m', 'harsh', X'AB81E2726F25F1C47B23CF57D786946A6118E6D06FE047C76319A6BD76BD7346', X'2B55273D006F1A971645A44D2488B82A4EC82B8CAC055B5E6CFDA15DF66DEC67');
INSERT INTO audit_event VALUES (11, '2026-11-22 11:00:00+00:00', '', 'case_opened', 'case', 'nz2mxbna3ik6kncsfnuf', '7dyasmmbsda6onifv22m', 'crisis', X'2B55273D006F1A971645A44D2488B82A4EC82B8CAC055B5E6CFDA15DF66DEC67', X'A67292AA32B0CEDDD8BC904DF27A2489FAB71BF0B01CEC47FEEBC09AF1095A1E');
INSERT INTO audit_event VALUES (12, '2026-11-22 11:00:00+00:00', 'sxm2turjqzdkmgjy5tgk', 'case_take', 'case', 'nz2mxbna3ik6kncsfnuf', '7dyasmmbsda6onifv22m', '', X'A67292AA32B0CEDDD8BC904DF27A2489FAB71BF0B01CEC47FEEBC09AF1095A1E', X'248C4A2496342B8C9C031D17CA17DC674AD34E811BE4C4E6ADA7CB85B8087BC3');
INSERT INTO audit_event VALUES (13, '2026-11-22 11:00:00+00:00', 'sxm2turjqzdkmgjy5tgk', 'case_note', 'case', 'nz2mxbna3ik6kncsfnuf', '7dyasmmbsda6onifv22m', '', X'248C4A2496342B8C9C031D17CA17DC674AD34E811BE4C4E6ADA7CB85B8087BC3', X'9B8D49082F26B12F3A0F694228CFB8321D25D422E68AEEFBFF2BEDBAAC8938D3');
INSERT INTO audit_event VALUES (14, '2026-11-22 11:00:00+00:00', 'fj4vnl4hohvy6yhbaws6', 'concern_answered', 'concern', 'bkdpmuhgzj5zrdkpycc6', '', '', X'9B8D49082F26B12F3A0F694228CFB8321D25D422E68AEEFBFF2BEDBAAC8938D3', X'59408DA31FB9E44C0D8AB7825A3119895D3B4965C310CFAD19F48C9248DC4072');
INSERT INTO audit_event VALUES (15, '2026-11-22 11:00:00+00:00', '', 'staff_granted', 'account', '6bhz3zd4calamc4n3gga', '', 'admin', X'59408DA31FB9E44C0D8AB7825A3119895D3B4965C310CFAD19F48C9248DC4072', X'90A24CC1808793D0C8C3A95C3F755542F974A9BD30B08BE66E615C98B0992E88');
INSERT INTO audit_head VALUES (1, 15, X'90A24CC1808793D0C8C3A95C3F755542F974A9BD30B08BE66E615C98B0992E88');
