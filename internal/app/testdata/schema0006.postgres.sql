SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.account (
    id text NOT NULL,
    name text NOT NULL,
    birth_year integer NOT NULL,
    locale text NOT NULL,
    staff_name text DEFAULT ''::text NOT NULL,
    state text NOT NULL,
    session_epoch integer DEFAULT 0 NOT NULL,
    created_at timestamp without time zone NOT NULL,
    erased_at timestamp without time zone,
    CONSTRAINT account_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'closed'::text, 'erased'::text])))
);
CREATE TABLE public.agreement (
    id text NOT NULL,
    space_id text NOT NULL,
    version integer NOT NULL,
    body text NOT NULL,
    body_html text NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.agreement_acceptance (
    membership_id text NOT NULL,
    agreement_id text NOT NULL,
    accepted_at timestamp without time zone NOT NULL
);
CREATE TABLE public.assessment (
    id text NOT NULL,
    source_kind text NOT NULL,
    source_id text NOT NULL,
    revision integer NOT NULL,
    space_id text,
    rules_version text NOT NULL,
    level text NOT NULL,
    category text NOT NULL,
    subject text NOT NULL,
    reasons text NOT NULL,
    correction text,
    corrected_by text,
    corrected_at timestamp without time zone,
    created_at timestamp without time zone NOT NULL,
    CONSTRAINT assessment_level_check CHECK ((level = ANY (ARRAY['green'::text, 'amber'::text, 'red'::text, 'crisis'::text]))),
    CONSTRAINT assessment_source_kind_check CHECK ((source_kind = ANY (ARRAY['topic'::text, 'post'::text, 'report'::text, 'concern'::text, 'message'::text, 'plan'::text])))
);
CREATE TABLE public.audit_event (
    seq bigint NOT NULL,
    at timestamp without time zone NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    object_kind text NOT NULL,
    object_id text NOT NULL,
    space_id text NOT NULL,
    code text NOT NULL,
    prev_mac bytea NOT NULL,
    mac bytea NOT NULL
);
CREATE TABLE public.audit_head (
    id integer NOT NULL,
    seq bigint NOT NULL,
    mac bytea NOT NULL,
    CONSTRAINT audit_head_id_check CHECK ((id = 1))
);
CREATE TABLE public.block (
    blocker_id text NOT NULL,
    blocked_id text NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.call_attempt (
    id text NOT NULL,
    case_id text NOT NULL,
    way text NOT NULL,
    state text NOT NULL,
    idempotency_key text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE public.case_contact (
    case_id text NOT NULL,
    name_sealed bytea,
    phone_sealed bytea,
    address_sealed bytea,
    key_id text NOT NULL,
    version integer NOT NULL,
    given_at timestamp without time zone NOT NULL
);
CREATE TABLE public.case_event (
    id text NOT NULL,
    case_id text NOT NULL,
    seq integer NOT NULL,
    actor_id text,
    kind text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    code text NOT NULL,
    note_sealed bytea,
    key_id text NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.case_signal (
    id text NOT NULL,
    case_id text NOT NULL,
    space_id text,
    membership_id text,
    source_kind text NOT NULL,
    source_id text NOT NULL,
    assessment_id text,
    level text NOT NULL,
    category text NOT NULL,
    subject text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    CONSTRAINT case_signal_level_check CHECK ((level = ANY (ARRAY['green'::text, 'amber'::text, 'red'::text, 'crisis'::text])))
);
CREATE TABLE public.case_timer (
    id text NOT NULL,
    case_id text NOT NULL,
    kind text NOT NULL,
    generation integer NOT NULL,
    due_at timestamp without time zone NOT NULL,
    fired_at timestamp without time zone
);
CREATE TABLE public.concern (
    id text NOT NULL,
    receipt_hash bytea NOT NULL,
    about text NOT NULL,
    body_sealed bytea NOT NULL,
    answer_sealed bytea,
    key_id text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    created_at timestamp without time zone NOT NULL,
    answered_at timestamp without time zone,
    answered_by text,
    CONSTRAINT concern_about_check CHECK ((about = ANY (ARRAY['person'::text, 'post'::text, 'myself'::text, 'site'::text, 'other'::text]))),
    CONSTRAINT concern_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'closed'::text])))
);
CREATE TABLE public.consent (
    id text NOT NULL,
    account_id text NOT NULL,
    kind text NOT NULL,
    version integer NOT NULL,
    given_at timestamp without time zone NOT NULL,
    withdrawn_at timestamp without time zone
);
CREATE TABLE public.credential (
    id text NOT NULL,
    account_id text NOT NULL,
    kind text NOT NULL,
    secret text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    CONSTRAINT credential_kind_check CHECK ((kind = ANY (ARRAY['passphrase'::text, 'passkey'::text, 'totp'::text])))
);
CREATE TABLE public.crisis_case (
    id text NOT NULL,
    account_id text,
    concern_id text,
    membership_id text,
    space_id text,
    level text NOT NULL,
    peak_level text NOT NULL,
    category text NOT NULL,
    subject text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    owner_id text,
    owner_until timestamp without time zone,
    outcome text NOT NULL,
    closing_by text,
    second_person text,
    opened_at timestamp without time zone NOT NULL,
    due_at timestamp without time zone NOT NULL,
    acknowledged_at timestamp without time zone,
    closed_at timestamp without time zone,
    CONSTRAINT crisis_case_level_check CHECK ((level = ANY (ARRAY['green'::text, 'amber'::text, 'red'::text, 'crisis'::text]))),
    CONSTRAINT crisis_case_peak_level_check CHECK ((peak_level = ANY (ARRAY['green'::text, 'amber'::text, 'red'::text, 'crisis'::text]))),
    CONSTRAINT crisis_case_state_check CHECK ((state = ANY (ARRAY['new'::text, 'acknowledged'::text, 'in_contact'::text, 'escalated'::text, 'monitoring'::text, 'closed'::text])))
);
CREATE TABLE public.decision (
    id text NOT NULL,
    space_id text NOT NULL,
    actor_id text NOT NULL,
    kind text NOT NULL,
    target_kind text NOT NULL,
    target_id text NOT NULL,
    reason text NOT NULL,
    statement text NOT NULL,
    appeal_of text,
    created_at timestamp without time zone NOT NULL,
    CONSTRAINT decision_kind_check CHECK ((kind = ANY (ARRAY['release'::text, 'hold'::text, 'remove'::text, 'restore'::text, 'act'::text, 'dismiss'::text]))),
    CONSTRAINT decision_target_kind_check CHECK ((target_kind = ANY (ARRAY['post'::text, 'report'::text])))
);
CREATE TABLE public.draft (
    id text NOT NULL,
    account_id text NOT NULL,
    sealed bytea NOT NULL,
    key_id text NOT NULL,
    saved_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL
);
CREATE TABLE public.goose_db_version (
    id integer NOT NULL,
    version_id bigint NOT NULL,
    is_applied boolean NOT NULL,
    tstamp timestamp without time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.goose_db_version ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.goose_db_version_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.invitation (
    id text NOT NULL,
    space_id text NOT NULL,
    token_hash bytea NOT NULL,
    created_by text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    used_at timestamp without time zone
);
CREATE TABLE public.job (
    id text NOT NULL,
    kind text NOT NULL,
    dedupe_key text,
    payload text NOT NULL,
    due_at timestamp without time zone NOT NULL,
    attempts integer NOT NULL,
    claimed_by text,
    claimed_until timestamp without time zone,
    parked_at timestamp without time zone,
    last_error text NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.membership (
    id text NOT NULL,
    account_id text NOT NULL,
    space_id text NOT NULL,
    alias text NOT NULL,
    alias_skeleton text NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    approved_count integer NOT NULL,
    created_at timestamp without time zone NOT NULL,
    left_at timestamp without time zone,
    CONSTRAINT membership_role_check CHECK ((role = ANY (ARRAY['member'::text, 'facilitator'::text, 'staff'::text]))),
    CONSTRAINT membership_state_check CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'left'::text, 'removed'::text])))
);
CREATE TABLE public.notice (
    id text NOT NULL,
    account_id text NOT NULL,
    kind text NOT NULL,
    ref_id text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    seen_at timestamp without time zone
);
CREATE TABLE public.post (
    id text NOT NULL,
    topic_id text NOT NULL,
    space_id text NOT NULL,
    membership_id text,
    shown_alias text NOT NULL,
    shown_role text NOT NULL,
    seq integer NOT NULL,
    reply_to text,
    body text NOT NULL,
    body_html text NOT NULL,
    policy_version integer NOT NULL,
    visibility text NOT NULL,
    held_reason text NOT NULL,
    calm_banner boolean NOT NULL,
    revision integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp without time zone NOT NULL,
    shown_at timestamp without time zone,
    edited_at timestamp without time zone,
    detached_at timestamp without time zone,
    CONSTRAINT post_shown_role_check CHECK ((shown_role = ANY (ARRAY['member'::text, 'facilitator'::text, 'staff'::text]))),
    CONSTRAINT post_visibility_check CHECK ((visibility = ANY (ARRAY['visible'::text, 'held'::text, 'deleted'::text, 'removed'::text])))
);
CREATE TABLE public.post_revision (
    id text NOT NULL,
    post_id text NOT NULL,
    revision integer NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    body_html text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    redacted_at timestamp without time zone
);
CREATE TABLE public.rate_limit (
    bucket text NOT NULL,
    starts_at timestamp without time zone NOT NULL,
    hits integer NOT NULL
);
CREATE TABLE public.reaction (
    post_id text NOT NULL,
    membership_id text NOT NULL,
    kind text NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.read_mark (
    membership_id text NOT NULL,
    topic_id text NOT NULL,
    seq integer NOT NULL,
    read_at timestamp without time zone NOT NULL
);
CREATE TABLE public.recovery_code (
    id text NOT NULL,
    account_id text NOT NULL,
    code_hash bytea NOT NULL,
    created_at timestamp without time zone NOT NULL,
    used_at timestamp without time zone
);
CREATE TABLE public.report (
    id text NOT NULL,
    space_id text NOT NULL,
    account_id text,
    target_kind text NOT NULL,
    target_id text NOT NULL,
    reason text NOT NULL,
    body_sealed bytea,
    key_id text NOT NULL,
    state text NOT NULL,
    version integer NOT NULL,
    created_at timestamp without time zone NOT NULL,
    decided_at timestamp without time zone,
    CONSTRAINT report_state_check CHECK ((state = ANY (ARRAY['open'::text, 'acted'::text, 'dismissed'::text]))),
    CONSTRAINT report_target_kind_check CHECK ((target_kind = 'post'::text))
);
CREATE TABLE public.review_item (
    kind text NOT NULL,
    target_id text NOT NULL,
    lease_holder text,
    lease_until timestamp without time zone,
    version integer NOT NULL,
    CONSTRAINT review_item_kind_check CHECK ((kind = ANY (ARRAY['post'::text, 'report'::text, 'concern'::text])))
);
CREATE TABLE public.search_result (
    id text NOT NULL,
    account_id text NOT NULL,
    sealed bytea NOT NULL,
    key_id text NOT NULL,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL
);
CREATE TABLE public.session (
    id text NOT NULL,
    account_id text NOT NULL,
    token_hash bytea NOT NULL,
    epoch integer NOT NULL,
    created_at timestamp without time zone NOT NULL,
    seen_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    stepped_up_at timestamp without time zone
);
CREATE TABLE public.setting (
    key text NOT NULL,
    value text NOT NULL,
    updated_at timestamp without time zone NOT NULL
);
CREATE TABLE public.shift (
    id text NOT NULL,
    account_id text NOT NULL,
    space_id text,
    starts_at timestamp without time zone NOT NULL,
    ends_at timestamp without time zone NOT NULL,
    created_at timestamp without time zone NOT NULL
);
CREATE TABLE public.signin_link (
    id text NOT NULL,
    account_id text NOT NULL,
    token_hash bytea NOT NULL,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    used_at timestamp without time zone
);
CREATE TABLE public.space (
    id text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    purpose text NOT NULL,
    description text NOT NULL,
    audience text NOT NULL,
    team text NOT NULL,
    age_band text NOT NULL,
    see_policy text NOT NULL,
    read_policy text NOT NULL,
    write_policy text NOT NULL,
    join_policy text NOT NULL,
    approve_first_n integer NOT NULL,
    hours text NOT NULL,
    time_zone text NOT NULL,
    colour text NOT NULL,
    sign text NOT NULL,
    state text NOT NULL,
    "position" integer NOT NULL,
    version integer NOT NULL,
    created_at timestamp without time zone NOT NULL,
    CONSTRAINT space_age_band_check CHECK ((age_band = ANY (ARRAY['all'::text, 'adult'::text, 'young'::text]))),
    CONSTRAINT space_join_policy_check CHECK ((join_policy = ANY (ARRAY['open'::text, 'invitation'::text, 'closed'::text]))),
    CONSTRAINT space_kind_check CHECK ((kind = ANY (ARRAY['relatives'::text, 'young'::text, 'aftercare'::text]))),
    CONSTRAINT space_read_policy_check CHECK ((read_policy = ANY (ARRAY['public'::text, 'account'::text, 'member'::text]))),
    CONSTRAINT space_see_policy_check CHECK ((see_policy = ANY (ARRAY['public'::text, 'account'::text, 'staff'::text]))),
    CONSTRAINT space_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text]))),
    CONSTRAINT space_write_policy_check CHECK ((write_policy = ANY (ARRAY['member'::text, 'staff'::text])))
);
CREATE TABLE public.staff_grant (
    id text NOT NULL,
    account_id text NOT NULL,
    role text NOT NULL,
    space_id text,
    starts_at timestamp without time zone NOT NULL,
    ends_at timestamp without time zone,
    granted_by text,
    created_at timestamp without time zone NOT NULL,
    CONSTRAINT staff_grant_role_check CHECK ((role = ANY (ARRAY['facilitator'::text, 'moderator'::text, 'duty_lead'::text, 'safeguarding_lead'::text, 'admin'::text])))
);
CREATE TABLE public.topic (
    id text NOT NULL,
    space_id text NOT NULL,
    membership_id text,
    kind text NOT NULL,
    title text NOT NULL,
    state text NOT NULL,
    visibility text NOT NULL,
    pinned_at timestamp without time zone,
    promotable boolean NOT NULL,
    last_seq integer NOT NULL,
    shown_seq integer NOT NULL,
    post_count integer NOT NULL,
    last_post_at timestamp without time zone NOT NULL,
    version integer NOT NULL,
    created_at timestamp without time zone NOT NULL,
    CONSTRAINT topic_kind_check CHECK ((kind = ANY (ARRAY['conversation'::text, 'announcement'::text]))),
    CONSTRAINT topic_state_check CHECK ((state = ANY (ARRAY['open'::text, 'locked'::text]))),
    CONSTRAINT topic_visibility_check CHECK ((visibility = ANY (ARRAY['visible'::text, 'held'::text, 'deleted'::text, 'removed'::text])))
);
INSERT INTO public.account VALUES ('kjccjkq5f46yfwayoekj', 'kuglerund-elg-5649', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('uf5uw6rdk5uvcs5fcsog', 'susende-juvel-8751', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('xb5ta3ts3knfo6tuybsk', 'moderne-nattergal-5803', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('anzp6wquqb6vhf3fcudb', 'glitrende-birk-9171', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('uvgg3vshbeabmmag3byd', 'hvid-gazelle-9688', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('ml6ixguttoe2yuy2owex', 'flittig-eg-2015', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('lskm247vfmyehkc3jmuc', 'stilfuld-sandbanke-1705', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('huqzoaynbpkr36vgqy7y', 'vandklar-radise-3738', 1980, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('ognb4okj5ztosqkvocpw', 'praktisk-musvit-3368', 2010, 'da', '', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('pgmksz4yqqjr5zdfxxmp', 'vandfarvet-chili-6419', 0, 'da', 'qlireuttzdms', 'active', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('fpyb34vkw27or5t6ds6m', 'jysk-quilt-3581', 0, 'da', 'qjjrqejznefi', 'active', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('rhn5sifxmjdk5hopvtxg', 'statelig-kyst-6117', 0, 'da', 'qcuhuvbqguoy', 'active', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('vtg5lh4yyjuo64mdhwux', 'spontan-vugge-8926', 0, 'da', 'qcrhauiijhbu', 'active', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('6iigbiycewgzyozfehy2', 'skyfri-anemone-3208', 0, 'da', 'qcvvjtlouqxa', 'active', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('fsn6akaxxvkujhonqh3q', 'naturlig-violin-1883', 0, 'da', 'qxsujrnmnuda', 'active', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.account VALUES ('mqeswsvuops6kzs5urja', 'dejlig-morgen-6308', 0, 'da', 'qevixazmyuqj', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.agreement VALUES ('cjeg4ctfs4hgma5fvgah', '7qt7iazhvxdvzaeosgfl', 1, 'qqamhtcfmdue', '<p>qqamhtcfmdue</p>
', '2026-11-22 11:00:00');
INSERT INTO public.agreement VALUES ('zm4i4clgn2sd6tjwyoo4', 'rmfelry26ejzvdieln7f', 1, 'qhzootfsgimd', '<p>qhzootfsgimd</p>
', '2026-11-22 11:00:00');
INSERT INTO public.agreement VALUES ('ghnxoasrp3bkbxvxkor7', 'u7rzk5i25vql7preytc3', 1, 'qcbzopeoewcx', '<p>qcbzopeoewcx</p>
', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('ejt4dozkg2qckuqhzluu', 'cjeg4ctfs4hgma5fvgah', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('wzu3rmnw2u76axexgbda', 'cjeg4ctfs4hgma5fvgah', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('xhhw3vt2a3gra4ymy5jt', 'cjeg4ctfs4hgma5fvgah', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('5kd2rfmzgywektnbjjbd', 'cjeg4ctfs4hgma5fvgah', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('jekde7seso77fhhcgpl2', 'cjeg4ctfs4hgma5fvgah', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('5qcnhwgqro2hqldwyy7h', 'cjeg4ctfs4hgma5fvgah', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('x647zjrsf3wxcmtpc4k6', 'cjeg4ctfs4hgma5fvgah', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('huqdclhhd5s6ba52bgjq', 'zm4i4clgn2sd6tjwyoo4', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('dmizmvy2afxn2jd7e2d7', 'zm4i4clgn2sd6tjwyoo4', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('pf36veil23yg4vh34vcq', 'ghnxoasrp3bkbxvxkor7', '2026-11-22 11:00:00');
INSERT INTO public.agreement_acceptance VALUES ('yin6cqnzfy6mzfuteg2i', 'cjeg4ctfs4hgma5fvgah', '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('6gq33ec3ycyx43aii4w3', 'post', 'yyegdvs6erzlbrmud2ik', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('ipr7foeu5wu4fn75c23l', 'post', 'tqpap542eqzobhyu2qdo', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('bejj7hvgqd2wylgr6nb3', 'post', '567wb47qmhxql3pnfhrs', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('tz4ywd4an5xyfwzzphge', 'post', 'mx5db3k4vubgzagu635r', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('bioh5543xwmwxhh4y6sb', 'post', 've5dfzc56errbjqv7gd2', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('6tvhc4225punxldlsnm4', 'post', 've5dfzc56errbjqv7gd2', 2, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('hq5mhftsnvrjt4jchdvv', 'post', 'w22pftydlcr7evsxkkhx', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('bcmja5lfo7xxpe23tptv', 'post', '7kqfpz4fcrgfqvccqsa5', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('6462fmprtld6k6bzffhn', 'post', 'paqb5mvyhjfn7nq35bxq', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('mhnukp5vynikvyqnr4q6', 'post', 'q4gjo7uxgl7kspxo7o63', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('crivmcrhyynihjnhco65', 'post', '75mbeyistwawek6pdhba', 1, 'rmfelry26ejzvdieln7f', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('n4hvq26xmsrumnnscti7', 'post', 'uec44nfga2oszpghz7vh', 1, 'u7rzk5i25vql7preytc3', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('pfwuixgqvrzk36pmnv5d', 'post', 'b3gdlr2ua4ktyqbloi64', 1, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'crisis', 'suicide', 'author', '[{"Rule":"selvmord.nu","Start":31,"End":49,"Raises":true,"Level":3},{"Rule":"selvmord.ord","Start":31,"End":49,"Raises":true,"Level":2}]', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('tdbo5jc2ngl2w6jo2to3', 'report', '3qwhngaogxrrcfdmikdu', 2, '7qt7iazhvxdvzaeosgfl', '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.assessment VALUES ('ilyafr4766tvbeyzqzqc', 'concern', 'gmkdqinbkeqqneyqvjlp', 1, NULL, '2026-11-22', 'green', '', 'unknown', 'null', NULL, NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.audit_event VALUES (1, '2026-11-22 11:00:00', '', 'staff_granted', 'account', 'pgmksz4yqqjr5zdfxxmp', '7qt7iazhvxdvzaeosgfl', 'facilitator', '\x', '\xbe82527848f0d8bc53e82dae77f967572960cfed857fe2b058a773f5117f0c64');
INSERT INTO public.audit_event VALUES (2, '2026-11-22 11:00:00', '', 'staff_granted', 'account', 'fpyb34vkw27or5t6ds6m', 'rmfelry26ejzvdieln7f', 'moderator', '\xbe82527848f0d8bc53e82dae77f967572960cfed857fe2b058a773f5117f0c64', '\x8d85b49a545bedee1bfd702db730e5bc0a2bf6c955456200da6028f78ef32b64');
INSERT INTO public.audit_event VALUES (3, '2026-11-22 11:00:00', '', 'staff_granted', 'account', 'rhn5sifxmjdk5hopvtxg', '7qt7iazhvxdvzaeosgfl', 'moderator', '\x8d85b49a545bedee1bfd702db730e5bc0a2bf6c955456200da6028f78ef32b64', '\x46073d8df06a4c0d19f36baad49ef3fc4335a498fb6011827e0916a900fa9938');
INSERT INTO public.audit_event VALUES (4, '2026-11-22 11:00:00', '', 'staff_granted', 'account', 'vtg5lh4yyjuo64mdhwux', '', 'duty_lead', '\x46073d8df06a4c0d19f36baad49ef3fc4335a498fb6011827e0916a900fa9938', '\xaeeb0b62f81bb6828aa779268b0052a10c72f3c4ddeaa21e5cc36320a5c8f752');
INSERT INTO public.audit_event VALUES (5, '2026-11-22 11:00:00', '', 'staff_granted', 'account', '6iigbiycewgzyozfehy2', '', 'safeguarding_lead', '\xaeeb0b62f81bb6828aa779268b0052a10c72f3c4ddeaa21e5cc36320a5c8f752', '\xc821732180ffc6357aca14a64863d4f37adfbf517f73b1ff0696fa532ffcf480');
INSERT INTO public.audit_event VALUES (6, '2026-11-22 11:00:00', '', 'staff_granted', 'account', 'fsn6akaxxvkujhonqh3q', '', 'admin', '\xc821732180ffc6357aca14a64863d4f37adfbf517f73b1ff0696fa532ffcf480', '\x389561ab20a1682194355113b4b6466ba32022f2afbe0ba2df2b81e4079f2ed9');
INSERT INTO public.audit_event VALUES (7, '2026-11-22 11:00:00', 'rhn5sifxmjdk5hopvtxg', 'post_removed', 'post', 'paqb5mvyhjfn7nq35bxq', '7qt7iazhvxdvzaeosgfl', '', '\x389561ab20a1682194355113b4b6466ba32022f2afbe0ba2df2b81e4079f2ed9', '\x89e2c0aa282f58b7e3255babe75fce0bd1a0c2e0dc2ee77499021ea23d705c08');
INSERT INTO public.audit_event VALUES (8, '2026-11-22 11:00:00', 'rhn5sifxmjdk5hopvtxg', 'decided_remove', 'post', 'paqb5mvyhjfn7nq35bxq', '7qt7iazhvxdvzaeosgfl', 'harsh', '\x89e2c0aa282f58b7e3255babe75fce0bd1a0c2e0dc2ee77499021ea23d705c08', '\x523fae34ba11d5a53b6f16181a09d2acbf96b9d56b4b8d20bdc33832aadc31fc');
INSERT INTO public.audit_event VALUES (9, '2026-11-22 11:00:00', 'rhn5sifxmjdk5hopvtxg', 'post_removed', 'post', 'q4gjo7uxgl7kspxo7o63', '7qt7iazhvxdvzaeosgfl', '', '\x523fae34ba11d5a53b6f16181a09d2acbf96b9d56b4b8d20bdc33832aadc31fc', '\x0aef865733178123b46aa4d5568d24969ca19df4308ecc57e52506a5e6b3b830');
INSERT INTO public.audit_event VALUES (10, '2026-11-22 11:00:00', 'rhn5sifxmjdk5hopvtxg', 'decided_remove', 'post', 'q4gjo7uxgl7kspxo7o63', '7qt7iazhvxdvzaeosgfl', 'harsh', '\x0aef865733178123b46aa4d5568d24969ca19df4308ecc57e52506a5e6b3b830', '\x67995ae617d0c02933691330870a92d0e86b51a2a466f139d753c560d34dbe49');
INSERT INTO public.audit_event VALUES (11, '2026-11-22 11:00:00', '', 'case_opened', 'case', 'tk3mo7inaabvyooulgqn', '7qt7iazhvxdvzaeosgfl', 'crisis', '\x67995ae617d0c02933691330870a92d0e86b51a2a466f139d753c560d34dbe49', '\xf9f181f390195913f73c457bb9793bbeaff1527f63b84dca8e9274b45574598d');
INSERT INTO public.audit_event VALUES (12, '2026-11-22 11:00:00', 'rhn5sifxmjdk5hopvtxg', 'case_take', 'case', 'tk3mo7inaabvyooulgqn', '7qt7iazhvxdvzaeosgfl', '', '\xf9f181f390195913f73c457bb9793bbeaff1527f63b84dca8e9274b45574598d', '\xfcc450f4077928d7b77d7f391505c5eb147aea60e2010d0e1fce01a4b07f8536');
INSERT INTO public.audit_event VALUES (13, '2026-11-22 11:00:00', 'rhn5sifxmjdk5hopvtxg', 'case_note', 'case', 'tk3mo7inaabvyooulgqn', '7qt7iazhvxdvzaeosgfl', '', '\xfcc450f4077928d7b77d7f391505c5eb147aea60e2010d0e1fce01a4b07f8536', '\x4fd0846fee7de20ea1ec16598ae204dd8359302d89e662af6cfbbd5dd71e1418');
INSERT INTO public.audit_event VALUES (14, '2026-11-22 11:00:00', 'vtg5lh4yyjuo64mdhwux', 'concern_answered', 'concern', 'gmkdqinbkeqqneyqvjlp', '', '', '\x4fd0846fee7de20ea1ec16598ae204dd8359302d89e662af6cfbbd5dd71e1418', '\x95966812c54a35aa5d1d5dd5fa15847329d3dce7793ab7abf59f198a07066dec');
INSERT INTO public.audit_event VALUES (15, '2026-11-22 11:00:00', '', 'staff_granted', 'account', 'mqeswsvuops6kzs5urja', '', 'admin', '\x95966812c54a35aa5d1d5dd5fa15847329d3dce7793ab7abf59f198a07066dec', '\x74a189a6e3883a13491b75bd212927efbdb6a3aba665c829c00425b9aa30e4f8');
INSERT INTO public.audit_head VALUES (1, 15, '\x74a189a6e3883a13491b75bd212927efbdb6a3aba665c829c00425b9aa30e4f8');
INSERT INTO public.case_contact VALUES ('tk3mo7inaabvyooulgqn', '\x1a3e3fc55fc23ab64890c32fc7037610d8d5186639d35a9a7f45973afcc8d0fee85bbe75f0adb40de8dec8fc6bf410910618642f', '\xbb318c6f9b86309e6ddc3a8d412c9c19e46afef13ebccb6d326c505bbf129c0d887965cb54d46f46e92a3b6bcc27ac2590a45a32', '\x6bb11b46372509e9f942b59e9ea90b7aad1bc3561e17ef7fe410597bf1aa32298ed6b78eade3622b392e953fb84a71e9ba36c131', 'd1bfc9913a4b', 1, '2026-11-22 11:00:00');
INSERT INTO public.case_event VALUES ('ibuvgvnwmypr6ht2hxsj', 'tk3mo7inaabvyooulgqn', 1, NULL, 'opened', 'new', 'new', 'crisis', NULL, '', '2026-11-22 11:00:00');
INSERT INTO public.case_event VALUES ('kbvpmvqpsub3psox5ecl', 'tk3mo7inaabvyooulgqn', 2, NULL, 'contact_given', 'new', 'new', '', NULL, '', '2026-11-22 11:00:00');
INSERT INTO public.case_event VALUES ('ql5v7ucz5eyycwd4rw5y', 'tk3mo7inaabvyooulgqn', 3, 'rhn5sifxmjdk5hopvtxg', 'take', 'new', 'acknowledged', '', NULL, '', '2026-11-22 11:00:00');
INSERT INTO public.case_event VALUES ('csk55oikjsuxouayugfw', 'tk3mo7inaabvyooulgqn', 4, 'rhn5sifxmjdk5hopvtxg', 'note', 'acknowledged', 'acknowledged', '', '\xe8fa5cab666ea67b2dbd6f0cad3d3121eec414675ca62263d3b7a69b91192dd4136c4aa4b8430f61121ec68b3eae3bb18f7e0c56', 'd1bfc9913a4b', '2026-11-22 11:00:00');
INSERT INTO public.case_signal VALUES ('iq3zfcmgqhvfvk5qbdt7', 'tk3mo7inaabvyooulgqn', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'post', 'b3gdlr2ua4ktyqbloi64', 'pfwuixgqvrzk36pmnv5d', 'crisis', 'suicide', 'author', '2026-11-22 11:00:00');
INSERT INTO public.concern VALUES ('gmkdqinbkeqqneyqvjlp', '\x84c7d0733c0aaa0ae263cf046b7b41d1fdb9b042e24d12eb521b383aa3035482', 'person', '\x28db401a0bce6534a0179e9654be27ff63bb75aa647d03b13725e5679d51a263f9532c47a8fd9dd59be24864e07fcac597f37c7c', '\x2e66b6dd0185ed7280e161137b234e8013648ab70f82947c4fc8c66f6aa36307b6f6f891aa0c2f38c451bcf1a4ec81f7177ac8db', 'd1bfc9913a4b', 'answered', 2, '2026-11-22 11:00:00', '2026-11-22 11:00:00', 'vtg5lh4yyjuo64mdhwux');
INSERT INTO public.consent VALUES ('s2ytlrpuqe56kutocj5x', 'kjccjkq5f46yfwayoekj', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.consent VALUES ('7cnv6mgn2webwozfoojh', 'uf5uw6rdk5uvcs5fcsog', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.consent VALUES ('rsgqqeutbnbh2wnrz33a', 'xb5ta3ts3knfo6tuybsk', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.consent VALUES ('kjgoz5dzsswj2va5ixmf', 'anzp6wquqb6vhf3fcudb', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.consent VALUES ('zfde3levtrquvemhxrk4', 'uvgg3vshbeabmmag3byd', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.consent VALUES ('sq3ndq7bntkjuxug5wau', 'ml6ixguttoe2yuy2owex', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.consent VALUES ('6vmrxijepnad5bhewx5a', 'lskm247vfmyehkc3jmuc', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.consent VALUES ('ahzh4ghdbijkygxab7xr', 'huqzoaynbpkr36vgqy7y', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.consent VALUES ('gcibgvp2b32qfc3slzld', 'ognb4okj5ztosqkvocpw', 'health', 1, '2026-11-22 11:00:00', NULL);
INSERT INTO public.credential VALUES ('htll3eayomcisnm5jnrb', 'kjccjkq5f46yfwayoekj', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('udsfdc4mgthjgcfw63hj', 'uf5uw6rdk5uvcs5fcsog', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('g3bxnv63tpbgfauoktiz', 'xb5ta3ts3knfo6tuybsk', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('5gijom2cp3heh26e5mx7', 'anzp6wquqb6vhf3fcudb', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('j2f3uemm2ypmsza4m2wz', 'uvgg3vshbeabmmag3byd', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('pn6gih6xkfc3i7i5gkrl', 'ml6ixguttoe2yuy2owex', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('hla6ihp76zjxggtctxdc', 'lskm247vfmyehkc3jmuc', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('27cfnqxeoflmimphenbq', 'huqzoaynbpkr36vgqy7y', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('vuuxcly3d3hu6onmbkl4', 'ognb4okj5ztosqkvocpw', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$4GPgsuubZB21Zi0Wu+eC9g$+yPDiaOGCLE0TvI2UBvLp/Hj6Hs8M7tu2+j7bdD1tV0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('v74ljki3zyitlyudlwqa', 'pgmksz4yqqjr5zdfxxmp', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$xdPK8QN2YymcNYgxx+HVnw$weC/VwLZT7KPh5dow9OpU6UQlPOSTIiCyBcE0F/hiDA', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('sbj44b4gb7fgbbihzp7z', 'fpyb34vkw27or5t6ds6m', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$v1YcySZLExDCVB1tO33qTA$QB/c9sXAjd9CR+kKlX54ThrBbhKes869qr65NrL60ZQ', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('bn652zzp564aydibcw6p', 'rhn5sifxmjdk5hopvtxg', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$Sx9AqaAC2ksjXt/dPAlVEw$HOyOGSxv5AuRv+j1hgv5al4j0THoO2/r60zzx/9U6J0', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('ibznludrzkxoxyo2eqbi', 'vtg5lh4yyjuo64mdhwux', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$YP+HI1DXEWJEJZoWBFZXqw$NuY1PYAzf6w1hvwjzPOI1ErKJW8wvFBgeiRwVsnNsJE', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('t63v4zqwmnsppkjce6k5', '6iigbiycewgzyozfehy2', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$JVKcwhcnEPLjqVSK31o4/g$BYwa2K/XoKk18ci/A6lQ1j1Ukraxli/8EaBHR9+d62Y', '2026-11-22 11:00:00');
INSERT INTO public.credential VALUES ('yfyux6bmsjhrxeynl66g', 'fsn6akaxxvkujhonqh3q', 'passphrase', '$argon2id$v=19$m=19456,t=2,p=1$c9FUDOANZa+euaQ01FFTxA$EMj5teCD2pdZnnE+jpg89+e5IrJrGAQvaJfPlscDhyE', '2026-11-22 11:00:00');
INSERT INTO public.crisis_case VALUES ('tk3mo7inaabvyooulgqn', 'huqzoaynbpkr36vgqy7y', NULL, 'x647zjrsf3wxcmtpc4k6', '7qt7iazhvxdvzaeosgfl', 'crisis', 'crisis', 'suicide', 'author', 'acknowledged', 3, 'rhn5sifxmjdk5hopvtxg', '2026-11-22 11:15:00', '', NULL, NULL, '2026-11-22 11:00:00', '2026-11-22 11:05:00', '2026-11-22 11:00:00', NULL);
INSERT INTO public.decision VALUES ('pytunnilwraq3ul5wj23', '7qt7iazhvxdvzaeosgfl', 'rhn5sifxmjdk5hopvtxg', 'remove', 'post', 'paqb5mvyhjfn7nq35bxq', 'harsh', 'quqxziurdauy', NULL, '2026-11-22 11:00:00');
INSERT INTO public.decision VALUES ('k4utnnpfr53k4b7lr6im', '7qt7iazhvxdvzaeosgfl', 'rhn5sifxmjdk5hopvtxg', 'remove', 'post', 'q4gjo7uxgl7kspxo7o63', 'harsh', 'qkntknsroipq', NULL, '2026-11-22 11:00:00');
INSERT INTO public.draft VALUES ('hcu53vawibezwwff3424', 'huqzoaynbpkr36vgqy7y', '\x7ab5f6a9de386a3567e1ec1f5c38d7193e236f179dd3e14bb6b490657c16e6b72ca26be8d394671a705c59d6f50dae2f99c5b01c2747d5fd5a64b877baf84fa9e1d05076f7893df2aae6cc125782ceceecd19ada9996a74cdac0f49b506484cfbe2a05624afb2381df6bf6ea66ac3d8cb6', 'd1bfc9913a4b', '2026-11-22 11:00:00', '2026-11-22 12:00:00');
INSERT INTO public.goose_db_version VALUES (1, 0, true, '2026-11-22 07:01:44.934158');
INSERT INTO public.goose_db_version VALUES (2, 1, true, '2026-11-22 07:01:45.13861');
INSERT INTO public.goose_db_version VALUES (3, 2, true, '2026-11-22 07:01:45.193937');
INSERT INTO public.goose_db_version VALUES (4, 3, true, '2026-11-22 07:01:45.247662');
INSERT INTO public.goose_db_version VALUES (5, 4, true, '2026-11-22 07:01:45.785854');
INSERT INTO public.goose_db_version VALUES (6, 5, true, '2026-11-22 07:01:45.939691');
INSERT INTO public.goose_db_version VALUES (7, 6, true, '2026-11-22 07:01:46.103371');
INSERT INTO public.job VALUES ('aurxvfkpbouxw6vk4d7g', 'unheard_of', NULL, '{}', '2026-11-22 11:00:00', 9, NULL, NULL, '2026-11-22 11:00:00', 'internal', '2026-11-22 11:00:00');
INSERT INTO public.membership VALUES ('ejt4dozkg2qckuqhzluu', 'xb5ta3ts3knfo6tuybsk', '7qt7iazhvxdvzaeosgfl', 'qlhjystfghsv', 'qihjystfghsv', 'member', 'left', 9, '2026-11-22 11:00:00', '2026-11-22 11:00:00');
INSERT INTO public.membership VALUES ('xhhw3vt2a3gra4ymy5jt', 'uvgg3vshbeabmmag3byd', '7qt7iazhvxdvzaeosgfl', 'qyxfnecxhqsk', 'qyxfnecxhqsk', 'member', 'active', 9, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('5kd2rfmzgywektnbjjbd', 'ml6ixguttoe2yuy2owex', '7qt7iazhvxdvzaeosgfl', 'qyuqizfmzurd', 'qyuqizfmzurd', 'member', 'active', 9, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('dmizmvy2afxn2jd7e2d7', 'uf5uw6rdk5uvcs5fcsog', 'rmfelry26ejzvdieln7f', 'qqmaauyubepk', 'qqmaauyubepk', 'member', 'active', 9, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('wzu3rmnw2u76axexgbda', 'anzp6wquqb6vhf3fcudb', '7qt7iazhvxdvzaeosgfl', 'qbuvjbvooxdm', 'qbuvjbvooxdm', 'member', 'paused', 9, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('yin6cqnzfy6mzfuteg2i', 'rhn5sifxmjdk5hopvtxg', '7qt7iazhvxdvzaeosgfl', 'qutuxyuademf', 'qutuxyuademf', 'staff', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('5qcnhwgqro2hqldwyy7h', 'ognb4okj5ztosqkvocpw', '7qt7iazhvxdvzaeosgfl', 'qbpizrotrsey', 'qbpizrotrsey', 'member', 'active', 9, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('jekde7seso77fhhcgpl2', 'lskm247vfmyehkc3jmuc', '7qt7iazhvxdvzaeosgfl', 'qcaqqzjbaaov', 'qcaqqzjbaaov', 'member', 'active', 0, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('huqdclhhd5s6ba52bgjq', 'huqzoaynbpkr36vgqy7y', 'rmfelry26ejzvdieln7f', 'qkbfrhipmrqx', 'qkbfrhipmrqx', 'member', 'active', 9, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('pf36veil23yg4vh34vcq', 'uf5uw6rdk5uvcs5fcsog', 'u7rzk5i25vql7preytc3', 'qgaqlafwnqgi', 'qgaqiafwnqgi', 'member', 'active', 9, '2026-11-22 11:00:00', NULL);
INSERT INTO public.membership VALUES ('x647zjrsf3wxcmtpc4k6', 'huqzoaynbpkr36vgqy7y', '7qt7iazhvxdvzaeosgfl', 'quyoapizmzmn', 'quyoapizmzmn', 'member', 'active', 9, '2026-11-22 11:00:00', NULL);
INSERT INTO public.notice VALUES ('zym4evqwilht6lyrxr5n', 'huqzoaynbpkr36vgqy7y', 'post_removed', 'pytunnilwraq3ul5wj23', '2026-11-22 11:00:00', NULL);
INSERT INTO public.notice VALUES ('pzyy6aqkcslj4z26lvbm', 'huqzoaynbpkr36vgqy7y', 'post_removed', 'k4utnnpfr53k4b7lr6im', '2026-11-22 11:00:00', NULL);
INSERT INTO public.notice VALUES ('saepwctfhled277q6kjr', '6iigbiycewgzyozfehy2', 'case', 'tk3mo7inaabvyooulgqn', '2026-11-22 11:00:00', NULL);
INSERT INTO public.notice VALUES ('wrsswjcubihholb5iktd', 'rhn5sifxmjdk5hopvtxg', 'case', 'tk3mo7inaabvyooulgqn', '2026-11-22 11:00:00', NULL);
INSERT INTO public.notice VALUES ('mq6ruya5lk33uzssxnmm', 'vtg5lh4yyjuo64mdhwux', 'case', 'tk3mo7inaabvyooulgqn', '2026-11-22 11:00:00', NULL);
INSERT INTO public.post VALUES ('yyegdvs6erzlbrmud2ik', 'zauvxf52pudy2h7tu3nb', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'quyoapizmzmn', 'member', 1, NULL, 'qpiaxmscaaez', '<p>qpiaxmscaaez</p>
', 1, 'visible', '', false, 1, 1, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post VALUES ('tqpap542eqzobhyu2qdo', 'zauvxf52pudy2h7tu3nb', '7qt7iazhvxdvzaeosgfl', 'yin6cqnzfy6mzfuteg2i', 'qutuxyuademf', 'staff', 2, NULL, 'qlyhxryiawee', '<p>qlyhxryiawee</p>
', 1, 'visible', '', false, 1, 1, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post VALUES ('567wb47qmhxql3pnfhrs', 'zauvxf52pudy2h7tu3nb', '7qt7iazhvxdvzaeosgfl', '5qcnhwgqro2hqldwyy7h', 'qbpizrotrsey', 'member', 3, NULL, 'qtazygzaomdr', '<p>qtazygzaomdr</p>
', 1, 'held', 'minor', false, 1, 1, '2026-11-22 11:00:00', NULL, NULL, NULL);
INSERT INTO public.post VALUES ('mx5db3k4vubgzagu635r', '5um4zuuk62uw4v4v3okl', '7qt7iazhvxdvzaeosgfl', 'jekde7seso77fhhcgpl2', 'qcaqqzjbaaov', 'member', 1, NULL, 'qtuufptytuzu', '<p>qtuufptytuzu</p>
', 1, 'held', 'first_posts', false, 1, 1, '2026-11-22 11:00:00', NULL, NULL, NULL);
INSERT INTO public.post VALUES ('ve5dfzc56errbjqv7gd2', 'zauvxf52pudy2h7tu3nb', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'quyoapizmzmn', 'member', 4, NULL, 'qtluiijsuppa', '<p>qtluiijsuppa</p>
', 1, 'visible', '', false, 2, 2, '2026-11-22 11:00:00', '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL);
INSERT INTO public.post VALUES ('w22pftydlcr7evsxkkhx', 'zauvxf52pudy2h7tu3nb', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'quyoapizmzmn', 'member', 5, NULL, 'qaewffhnvuts', '<p>qaewffhnvuts</p>
', 1, 'deleted', '', false, 1, 2, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post VALUES ('7kqfpz4fcrgfqvccqsa5', 'qhfcosb723iqi4stnvi4', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'quyoapizmzmn', 'member', 1, NULL, 'qoxtblefodeh', '<p>qoxtblefodeh</p>
', 1, 'deleted', '', false, 1, 2, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post VALUES ('paqb5mvyhjfn7nq35bxq', 'pzjxeczs4xfork3mgnor', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'quyoapizmzmn', 'member', 1, NULL, 'qyhztuyyifsr', '<p>qyhztuyyifsr</p>
', 1, 'removed', '', false, 1, 2, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post VALUES ('q4gjo7uxgl7kspxo7o63', 'zauvxf52pudy2h7tu3nb', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'quyoapizmzmn', 'member', 6, NULL, 'qmyppqryoasq', '<p>qmyppqryoasq</p>
', 1, 'removed', '', false, 1, 2, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post VALUES ('75mbeyistwawek6pdhba', 'zfcypnya3zo5py4xrila', 'rmfelry26ejzvdieln7f', 'huqdclhhd5s6ba52bgjq', 'qkbfrhipmrqx', 'member', 1, NULL, 'qexsiahckthh', '<p>qexsiahckthh</p>
', 1, 'visible', '', false, 1, 1, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post VALUES ('uec44nfga2oszpghz7vh', 'hb57vsstcjhvxrc5plvj', 'u7rzk5i25vql7preytc3', 'pf36veil23yg4vh34vcq', 'qgaqlafwnqgi', 'member', 1, NULL, 'qakzahfbjzoi', '<p>qakzahfbjzoi</p>
', 1, 'visible', '', false, 1, 1, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post VALUES ('b3gdlr2ua4ktyqbloi64', 'dhq6hjek3almagypnux2', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'quyoapizmzmn', 'member', 1, NULL, 'qzrfiugoijsf Jeg tager mit eget liv i aften.', '<p>qzrfiugoijsf Jeg tager mit eget liv i aften.</p>
', 1, 'visible', '', true, 1, 1, '2026-11-22 11:00:00', '2026-11-22 11:00:00', NULL, NULL);
INSERT INTO public.post_revision VALUES ('ysxd6frsfw7qla7imf2j', 've5dfzc56errbjqv7gd2', 1, '', 'qsigukikpbuj', '<p>qsigukikpbuj</p>
', '2026-11-22 11:00:00', NULL);
INSERT INTO public.read_mark VALUES ('yin6cqnzfy6mzfuteg2i', 'zauvxf52pudy2h7tu3nb', 2, '2026-11-22 11:00:00');
INSERT INTO public.read_mark VALUES ('5qcnhwgqro2hqldwyy7h', 'zauvxf52pudy2h7tu3nb', 3, '2026-11-22 11:00:00');
INSERT INTO public.read_mark VALUES ('jekde7seso77fhhcgpl2', '5um4zuuk62uw4v4v3okl', 1, '2026-11-22 11:00:00');
INSERT INTO public.read_mark VALUES ('x647zjrsf3wxcmtpc4k6', 'qhfcosb723iqi4stnvi4', 1, '2026-11-22 11:00:00');
INSERT INTO public.read_mark VALUES ('x647zjrsf3wxcmtpc4k6', 'pzjxeczs4xfork3mgnor', 1, '2026-11-22 11:00:00');
INSERT INTO public.read_mark VALUES ('x647zjrsf3wxcmtpc4k6', 'zauvxf52pudy2h7tu3nb', 6, '2026-11-22 11:00:00');
INSERT INTO public.read_mark VALUES ('huqdclhhd5s6ba52bgjq', 'zfcypnya3zo5py4xrila', 1, '2026-11-22 11:00:00');
INSERT INTO public.read_mark VALUES ('pf36veil23yg4vh34vcq', 'hb57vsstcjhvxrc5plvj', 1, '2026-11-22 11:00:00');
INSERT INTO public.read_mark VALUES ('x647zjrsf3wxcmtpc4k6', 'dhq6hjek3almagypnux2', 1, '2026-11-22 11:00:00');
INSERT INTO public.recovery_code VALUES ('ef2lnkxazsggp2nhdtmw', 'pgmksz4yqqjr5zdfxxmp', '\x298f1a8469f19aa4b247cdaa58666f34629dde81e248537e8149fc096ede8266', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('zbj7pwfa3xhjhu5ki3rw', 'pgmksz4yqqjr5zdfxxmp', '\xa647517c5f46270b01522ce2c56ba9ab5bd828d9952cdd7adee064a0a27f5210', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('b7377umlee5gel3jq6gy', 'pgmksz4yqqjr5zdfxxmp', '\xe9d8d267e367da0ecb961ae82daf469d4d7f5598bbdf520f6e505267e2159bc2', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('7g2kkvwwo333ckxmuwfq', 'pgmksz4yqqjr5zdfxxmp', '\x9e10a317818e2d88e0bc6622ce9813259000ae68719a29f7f325b83988528616', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('jyvnnhi6xonbzr7chn6j', 'pgmksz4yqqjr5zdfxxmp', '\x18dc765c0c7cc14720bc0318087b54ae1dadfe4f38ce551d89a98ac4bae26ee0', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('3jwfllvtxmcaj4yhpwxp', 'pgmksz4yqqjr5zdfxxmp', '\x9ec0b354742e4a596baad71705b798c5391fbf1dccfed6839002a270cc15d65c', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('5ypzexflotavwtva6qn7', 'pgmksz4yqqjr5zdfxxmp', '\xc9169dac6a306e6e2f9d85cfd1a5054bc63e50005e023c528f1834e1e88545dd', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('uvgl7tt3rllf7usxyrm2', 'pgmksz4yqqjr5zdfxxmp', '\x2dc4547da0f6b7ba3abc8599149b52f58247b22059f935ceeca11d86eae829c1', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('5cnhqwekdeggfsj72kfe', 'pgmksz4yqqjr5zdfxxmp', '\x5695bc63d2acc67519ad0f618f9bbdd8704c7db69bebee722baab406f90464b9', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('52kqmuwhaqpqo42436mf', 'pgmksz4yqqjr5zdfxxmp', '\xa26e379433b5b7fcf3de23b9ffc31ba41236cf587064592ff5c82b62016f22b1', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('edljeg6ngkyg4xlpoe7f', 'fpyb34vkw27or5t6ds6m', '\x27faafc6f15f0f272994999571731d550708595e0480034d26a54f0c0d288951', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('vslhkdbu3n32ecavovzf', 'fpyb34vkw27or5t6ds6m', '\x972da2f79336015cdbcc27ee6b49b69305fe59196333a30c766c53e3a3453a48', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('unktewjz4tsnzvypr4bc', 'fpyb34vkw27or5t6ds6m', '\x4754c5189bfca330f088fc90e40baefb5c86375d04326c183678c7f01a9d2c60', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('mec6fucvxcmgxreyvv5e', 'fpyb34vkw27or5t6ds6m', '\xea09efa75c6c5cbc8df21d655ac0c8f00469c1f31183891866dc0270f584c205', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('xm6obve2dothhp753jmz', 'fpyb34vkw27or5t6ds6m', '\x02224778a5b7b09ff2a491528a77e6044e307f10d7ae794464e083740e1ffdbd', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('ejbe6idd2o3tt34c23sw', 'fpyb34vkw27or5t6ds6m', '\x03149d079ca93215835284a6b32abb56ed86a6d925430af9ad4d7d751f77df3c', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('gpskxf5s6zqpzct2gezx', 'fpyb34vkw27or5t6ds6m', '\x595c53ddf7cccbfe222017f558bc2d9a5af601d73e9fd0153b40d75b732daa25', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('qm646ckns3snmguyhcxf', 'fpyb34vkw27or5t6ds6m', '\x638d37ab72fe9cb914ce03124d301c452405f6ac0befe6f48f73ba9553842938', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('pbwlqspj5qwurr3dda4k', 'fpyb34vkw27or5t6ds6m', '\xb5fe4307debd6f061ba43da475e16324c663fa3edf4119c6d3b1dc8fdc59604f', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('2hpz4hiuexomyclgztbn', 'fpyb34vkw27or5t6ds6m', '\xc3f6511a44b36ba076122186ff2f167184cae05b4b74ccd06cbe7527ebeceb89', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('h4oulm5prs6aanilurnq', 'rhn5sifxmjdk5hopvtxg', '\x453c563446abdf2fc502a84d8d8ba9786f047d1994347390baf35b1946c57176', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('deeqo327tjrpa7k4pear', 'rhn5sifxmjdk5hopvtxg', '\x17ecf7fd98259b32840d5d8d71fcb779cd4acee0db07f4250cf0764d4729ca46', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('frrj6h2r5ybmbbplbnh3', 'rhn5sifxmjdk5hopvtxg', '\xa7e4b3b9f9c759b25c512eb199d4b2a5e9ba3d0e9ecde17ca5c5ed5791639bf4', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('lyaqua2ktrmftj2tbfwz', 'rhn5sifxmjdk5hopvtxg', '\x7a2534f07375ad4a85506743c31c8c42df34b9cc141356c22bc6e636df287aeb', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('fbkfxelspjcq3mrbcszv', 'rhn5sifxmjdk5hopvtxg', '\x2e91d81301a5b92e009db5637c9a42ad84e5c636838cc26ab5e3b2f81c57b80a', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('y6gc3gj5gbc6ht7iggld', 'rhn5sifxmjdk5hopvtxg', '\xdf87e45e5fff82302b13f2829682671f43ff73790d0f64160f75645c24980185', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('au3cckojwscv6fxk54zq', 'rhn5sifxmjdk5hopvtxg', '\xb858dc1a26026aa40e34458bf0c98cd420bf9b855490b36343c53366ebc60bba', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('7x45fnedfuznfjwjvuqe', 'rhn5sifxmjdk5hopvtxg', '\xe57af31f2d83145daca8572ecd4436e7f799ff3fff5f566ec1f3cf79f6fbdfd1', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('7ysvizubquf4gzt7v2sr', 'rhn5sifxmjdk5hopvtxg', '\x7b3518ca1e66f533c33b186e0e882f8c96fa0f5aa3f67cf37c8325df7f45f4a4', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('xlobrjcvdyd6xyiasycl', 'rhn5sifxmjdk5hopvtxg', '\x9007628d9094a483a3eace19f11bd4e6aebad5993bd9638baf915d9c420b866b', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('x65t6d3cjazgs3hjrfk5', 'vtg5lh4yyjuo64mdhwux', '\x52d53f82f1d9e6c03dc36388fbba4422c9ac2d059f024a02f1f302495e1848e5', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('ojkgno5qwbllkabkdmia', 'vtg5lh4yyjuo64mdhwux', '\xdddff5384bab7ee4e2083929a04519f86b90f22560cf4b3fb3452a04b5dec362', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('q2zoimre2tr67w7ocvg4', 'vtg5lh4yyjuo64mdhwux', '\x364a9da3c6dd63dd69f041678e059077333cfc66d190bab92bff9b448eeb97ca', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('tow7i3ixtc5veybebqo6', 'vtg5lh4yyjuo64mdhwux', '\xc77114e45d7554004fc4d8bb6d4a80ba464d9941574f6f7b4e113859e1dca0cc', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('phwf3p5fogmultvsc6uy', 'vtg5lh4yyjuo64mdhwux', '\xfd94a3d50dfcc71713876fd3cd81530f03ff1c9c9f41751122715881fb1c5b2c', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('43nyaiolk6673ouc4ot5', 'vtg5lh4yyjuo64mdhwux', '\xb64cb6a2083f7106ca26213ea6c389cf9a311384b4cce19659ee6432dc2ecd71', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('lqrlaojyvarjh76ueqx5', 'vtg5lh4yyjuo64mdhwux', '\x659b421b1612ac8ccaaa04f9905fd0cf87576b40c54313f40b90911cea84a590', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('owjorm3rby36wtgcxiow', 'vtg5lh4yyjuo64mdhwux', '\x7c02639c5f8982823337e09fcfb4d0344a3e44c178fce2f8d2dcdc00c6ba928a', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('2ptzupg6jgiihufmp3ts', 'vtg5lh4yyjuo64mdhwux', '\xa1cce043ade185afda85ce89a7aa66e6a6d9bd0550d85af6b0de7b8d0a43b833', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('h4r3cw2tzldcifjipni6', 'vtg5lh4yyjuo64mdhwux', '\xb175977a097853979a1ad0590819e22aad2c2adf1ed0c20b430125eae899be96', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('elvq2xssxzhcr7kqduq2', '6iigbiycewgzyozfehy2', '\xd494a173542354ceba41b9106185de9d7a783a96e93270d439bc2196fc16cb5b', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('a2cqmmtvocgx5q3222pg', '6iigbiycewgzyozfehy2', '\xcc6c4dceb702ffedc77dcfb5823e77d9d73ebf1dcb04af50bbd6303e5ff1e33a', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('azu3m4tlf6j2qtv74iak', '6iigbiycewgzyozfehy2', '\x1be84dee058c07291ef12a1dcd49ef08ce146cf820a04f19ac20bb4be4839f47', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('pxyvz44dfjw6m4gqc2mo', '6iigbiycewgzyozfehy2', '\xd4e9613013364f8a0d83afa77e97fcb15333fc11869fb47ca9cc7f54813f9a28', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('haovzkuv623ogbxehasv', '6iigbiycewgzyozfehy2', '\xf3fb00e1b7b993411b833aaf4c7c47ccb721ecf6ea0e02c70e61cc9e98c57575', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('vdniyl6zt5wtqawzp3wc', '6iigbiycewgzyozfehy2', '\xf1248d2cce9e3319b48e4e58e0bfd14492292d28f312a5f9673203c78a700e27', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('gyddvq5zq3bczhenmkow', '6iigbiycewgzyozfehy2', '\xc140dfc22184b5cec6204f46ca3a84bd48ebae5ab4d8de031039ed30c424de43', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('t4whjrgi3q7psfvjb6ea', '6iigbiycewgzyozfehy2', '\x2b9774be60abbd0e061548cbfe0e8ce01e83c3f5456837387854e14870ab16b2', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('kcpvmjsm3gttkxzqw3gn', '6iigbiycewgzyozfehy2', '\x0e8dc0f3a968c0b5da19206a79473e8ba5087df6cb35aa44eed21fa28025b67e', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('maz6e33exlzx3qudhxxl', '6iigbiycewgzyozfehy2', '\x9cb69c499cb4380d4b7035aa65d4ad20baa9c184de9f1bb5889d94778e697dce', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('paqmh3ulfbeka4fmx4le', 'fsn6akaxxvkujhonqh3q', '\xe8eeb792aec534769b1ff4bd838d5dde666cc1e1ee4b0257c1b43ba5bcb983fd', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('hv73gaceqj2gvdsna5wy', 'fsn6akaxxvkujhonqh3q', '\xcb945f96a19f94714ff63b1f395085ce2e6b8f482937f7661f7fda744f3d2e88', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('eluvhtl5wceyrwevvzto', 'fsn6akaxxvkujhonqh3q', '\x0cd002b3056bf43f292b5c1ae7c40bb3aceaac08ef3b21f8804c81ae9a894de0', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('bve3q5lgvt5qhkz7hiaz', 'fsn6akaxxvkujhonqh3q', '\xe060a1d1d09e7219eca9bdd36e57ef0fe89d1b20a19e77165d2ef211d88eb96b', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('bhvjtxr2qq4y4vgerxp6', 'fsn6akaxxvkujhonqh3q', '\x8fd888dceb5c9988719d284ed1a360d3f44ee9cfbd6521b82dc4de9481e244f2', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('mpuxlyeof3eb3jxlthbp', 'fsn6akaxxvkujhonqh3q', '\x9fb112af2d7539312c57acf12070be99c3186b40d7e13f5765c2f47bb6144deb', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('7uscivcz4rivtidy6ywk', 'fsn6akaxxvkujhonqh3q', '\xafbf47f031c3a082bd8113197f1e1d440feab6952f4d026fd0b3dd782badf86c', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('5grcbukuh5kwxdgydp4u', 'fsn6akaxxvkujhonqh3q', '\x0becef2033111c7f3c2649594a008e4a18c044f54e706f9a7609e9f8e6286900', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('7me2ogbby4tuwvstqnsx', 'fsn6akaxxvkujhonqh3q', '\xb26fa87108d341205822d02269d53ce184c098e9ef65639e0335598490b0eb2e', '2026-11-22 11:00:00', NULL);
INSERT INTO public.recovery_code VALUES ('qy6fxe2ylacbvr3kjob5', 'fsn6akaxxvkujhonqh3q', '\x7b412f88b79dcae6fbd2efcbae31c7e4dd19e003062895a85ef406dde3f4c19d', '2026-11-22 11:00:00', NULL);
INSERT INTO public.report VALUES ('3qwhngaogxrrcfdmikdu', '7qt7iazhvxdvzaeosgfl', 'ml6ixguttoe2yuy2owex', 'post', 'yyegdvs6erzlbrmud2ik', 'harsh', '\x4a3200ed8a0c140081e441035e03816922c6c5745f99996487c6bc0d4941eb45a8ab178cd60bf285bc513774a8d168bd10192d37', 'd1bfc9913a4b', 'open', 2, '2026-11-22 11:00:00', NULL);
INSERT INTO public.review_item VALUES ('post', 'paqb5mvyhjfn7nq35bxq', NULL, NULL, 2);
INSERT INTO public.review_item VALUES ('post', 'q4gjo7uxgl7kspxo7o63', NULL, NULL, 2);
INSERT INTO public.search_result VALUES ('ionwavxyonitnv75zjzs', 'ml6ixguttoe2yuy2owex', '\x42cc36bde7418cc257ac8038345d3e4ba7602c0f8583c3765760be52d593d5945bbf7898511243351ccbdb401237d503ce87c92e23cc16eab5d1ac0a874513196be7bf52efec176d34cbba0c2fe5d1219dc7ef2295f68aa255d0719b2fcd1487f0758b2370e15bc896ebd48783b1926f3be187be1e20e0f2dffb50fec1349032da2847309b5183f4a757b2b3e89cd8fd01', 'd1bfc9913a4b', '2026-11-22 11:00:00', '2026-11-22 12:00:00');
INSERT INTO public.shift VALUES ('byn3y4etevl7zabwhmrn', 'rhn5sifxmjdk5hopvtxg', '7qt7iazhvxdvzaeosgfl', '2026-11-22 10:00:00', '2026-11-22 12:00:00', '2026-11-22 11:00:00');
INSERT INTO public.signin_link VALUES ('ddmbyodf77pgs5csiqac', 'pgmksz4yqqjr5zdfxxmp', '\x1b2e11df09881dcb8ccd3b13423961c8b857b71c937da15a4034042fb6a7d729', '2026-11-22 11:00:00', '2026-11-23 11:00:00', '2026-11-22 11:00:00');
INSERT INTO public.signin_link VALUES ('offjsnulba4goj6fpv2g', 'fpyb34vkw27or5t6ds6m', '\x4d2794e7a5e121d114b5ae328b47621cb08dc3054e91005d34a2106e87fac1d9', '2026-11-22 11:00:00', '2026-11-23 11:00:00', '2026-11-22 11:00:00');
INSERT INTO public.signin_link VALUES ('vihcfgwcauxzcpsjaxf6', 'rhn5sifxmjdk5hopvtxg', '\x8d805b781d0fe604b1d3229dba264bd9655a6415b17a19bf3a29da3e471fa0bd', '2026-11-22 11:00:00', '2026-11-23 11:00:00', '2026-11-22 11:00:00');
INSERT INTO public.signin_link VALUES ('tbteyloquprsdlbtkq52', 'vtg5lh4yyjuo64mdhwux', '\x5c4a4cf70f066421c922df0b64fc937a942f13209f5308d8fcfdf9bff829712e', '2026-11-22 11:00:00', '2026-11-23 11:00:00', '2026-11-22 11:00:00');
INSERT INTO public.signin_link VALUES ('yn4s3upqoelaz6hqgtwv', '6iigbiycewgzyozfehy2', '\x80b1c1497dbff0a3b5cea5ae3e4d77861f713f5007daddb54f758a58912c8efa', '2026-11-22 11:00:00', '2026-11-23 11:00:00', '2026-11-22 11:00:00');
INSERT INTO public.signin_link VALUES ('qmglqto7u24l5jhau63l', 'fsn6akaxxvkujhonqh3q', '\x1be60c8c88e94827d7e3ff1f22f4b556ade0553144bc261e831c1415765618c3', '2026-11-22 11:00:00', '2026-11-23 11:00:00', '2026-11-22 11:00:00');
INSERT INTO public.signin_link VALUES ('jkky5gkmqk67zdxn2a7a', 'mqeswsvuops6kzs5urja', '\xfda9b992b102b72464995aacc759e0ef89f76bd7118c72a0c3054f0f3865d67c', '2026-11-22 11:00:00', '2026-11-23 11:00:00', NULL);
INSERT INTO public.space VALUES ('7qt7iazhvxdvzaeosgfl', 'relatives', 'qyiqldcpeela', 'qaqdiojstlfn', 'qbgjyurrefdj', 'qldiyidkomyz', 'qreflviqbayx', 'all', 'account', 'member', 'member', 'open', 1, 'Hver aften', 'Europe/Copenhagen', 'wheat', 'house', 'open', 0, 1, '2026-11-22 11:00:00');
INSERT INTO public.space VALUES ('rmfelry26ejzvdieln7f', 'relatives', 'qjqetotsuooy', 'qlgppyjduiqc', 'qsijufwioagy', 'qowzlvbuslid', 'quyqxosjklna', 'all', 'account', 'member', 'member', 'open', 1, 'Hver aften', 'Europe/Copenhagen', 'wheat', 'house', 'open', 0, 1, '2026-11-22 11:00:00');
INSERT INTO public.space VALUES ('u7rzk5i25vql7preytc3', 'relatives', 'qiqaeyqzjrtw', 'qwdnljjeweon', 'qfsrmjuitelo', 'qvwjilgypoky', 'qoorsrixcfue', 'all', 'staff', 'member', 'member', 'invitation', 1, 'Hver aften', 'Europe/Copenhagen', 'wheat', 'house', 'open', 0, 1, '2026-11-22 11:00:00');
INSERT INTO public.staff_grant VALUES ('y4yvqilz2zjvjpchk3qg', 'pgmksz4yqqjr5zdfxxmp', 'facilitator', '7qt7iazhvxdvzaeosgfl', '2026-11-22 11:00:00', NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.staff_grant VALUES ('dzoa5ioiqrsly3ss2rej', 'fpyb34vkw27or5t6ds6m', 'moderator', 'rmfelry26ejzvdieln7f', '2026-11-22 11:00:00', NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.staff_grant VALUES ('pcntvxrib4u7pdsjvybe', 'rhn5sifxmjdk5hopvtxg', 'moderator', '7qt7iazhvxdvzaeosgfl', '2026-11-22 11:00:00', NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.staff_grant VALUES ('th67l3wl4vh5norfrvw5', 'vtg5lh4yyjuo64mdhwux', 'duty_lead', NULL, '2026-11-22 11:00:00', NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.staff_grant VALUES ('dhgaakbel24ginaoun42', '6iigbiycewgzyozfehy2', 'safeguarding_lead', NULL, '2026-11-22 11:00:00', NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.staff_grant VALUES ('nod7ttwfof26jkdgpza4', 'fsn6akaxxvkujhonqh3q', 'admin', NULL, '2026-11-22 11:00:00', NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.staff_grant VALUES ('ixp5mnp3g7vt2w3amvcu', 'mqeswsvuops6kzs5urja', 'admin', NULL, '2026-11-22 11:00:00', NULL, NULL, '2026-11-22 11:00:00');
INSERT INTO public.topic VALUES ('pzjxeczs4xfork3mgnor', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'conversation', 'qppnwxvnlzfw', 'open', 'removed', NULL, true, 1, 0, 0, '2026-11-22 11:00:00', 3, '2026-11-22 11:00:00');
INSERT INTO public.topic VALUES ('zauvxf52pudy2h7tu3nb', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'conversation', 'qyrjvahuqoog', 'open', 'visible', NULL, true, 6, 4, 3, '2026-11-22 11:00:00', 5, '2026-11-22 11:00:00');
INSERT INTO public.topic VALUES ('zfcypnya3zo5py4xrila', 'rmfelry26ejzvdieln7f', 'huqdclhhd5s6ba52bgjq', 'conversation', 'qoiczoyaojio', 'open', 'visible', NULL, true, 1, 1, 1, '2026-11-22 11:00:00', 2, '2026-11-22 11:00:00');
INSERT INTO public.topic VALUES ('5um4zuuk62uw4v4v3okl', '7qt7iazhvxdvzaeosgfl', 'jekde7seso77fhhcgpl2', 'conversation', 'qxsyghsuwiki', 'open', 'held', NULL, true, 1, 0, 0, '2026-11-22 11:00:00', 2, '2026-11-22 11:00:00');
INSERT INTO public.topic VALUES ('hb57vsstcjhvxrc5plvj', 'u7rzk5i25vql7preytc3', 'pf36veil23yg4vh34vcq', 'conversation', 'qmvluoofoyxo', 'open', 'visible', NULL, true, 1, 1, 1, '2026-11-22 11:00:00', 2, '2026-11-22 11:00:00');
INSERT INTO public.topic VALUES ('dhq6hjek3almagypnux2', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'conversation', 'quqoueuqvngp', 'open', 'visible', NULL, false, 1, 1, 1, '2026-11-22 11:00:00', 2, '2026-11-22 11:00:00');
INSERT INTO public.topic VALUES ('qhfcosb723iqi4stnvi4', '7qt7iazhvxdvzaeosgfl', 'x647zjrsf3wxcmtpc4k6', 'conversation', 'qbfrijhzlpdf', 'open', 'deleted', NULL, true, 1, 0, 0, '2026-11-22 11:00:00', 3, '2026-11-22 11:00:00');
SELECT pg_catalog.setval('public.goose_db_version_id_seq', 7, true);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_name_key UNIQUE (name);
ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreement_acceptance
    ADD CONSTRAINT agreement_acceptance_pkey PRIMARY KEY (membership_id, agreement_id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_space_id_version_key UNIQUE (space_id, version);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_source_kind_source_id_revision_key UNIQUE (source_kind, source_id, revision);
ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (seq);
ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.block
    ADD CONSTRAINT block_pkey PRIMARY KEY (blocker_id, blocked_id);
ALTER TABLE ONLY public.call_attempt
    ADD CONSTRAINT call_attempt_idempotency_key_key UNIQUE (idempotency_key);
ALTER TABLE ONLY public.call_attempt
    ADD CONSTRAINT call_attempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_contact
    ADD CONSTRAINT case_contact_pkey PRIMARY KEY (case_id);
ALTER TABLE ONLY public.case_event
    ADD CONSTRAINT case_event_case_id_seq_key UNIQUE (case_id, seq);
ALTER TABLE ONLY public.case_event
    ADD CONSTRAINT case_event_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_signal
    ADD CONSTRAINT case_signal_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.case_timer
    ADD CONSTRAINT case_timer_case_id_kind_generation_key UNIQUE (case_id, kind, generation);
ALTER TABLE ONLY public.case_timer
    ADD CONSTRAINT case_timer_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_receipt_hash_key UNIQUE (receipt_hash);
ALTER TABLE ONLY public.consent
    ADD CONSTRAINT consent_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.crisis_case
    ADD CONSTRAINT crisis_case_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.goose_db_version
    ADD CONSTRAINT goose_db_version_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_dedupe_key_key UNIQUE (dedupe_key);
ALTER TABLE ONLY public.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_account_id_space_id_key UNIQUE (account_id, space_id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_space_id_alias_skeleton_key UNIQUE (space_id, alias_skeleton);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.post_revision
    ADD CONSTRAINT post_revision_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.post_revision
    ADD CONSTRAINT post_revision_post_id_revision_key UNIQUE (post_id, revision);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_topic_id_seq_key UNIQUE (topic_id, seq);
ALTER TABLE ONLY public.rate_limit
    ADD CONSTRAINT rate_limit_pkey PRIMARY KEY (bucket, starts_at);
ALTER TABLE ONLY public.reaction
    ADD CONSTRAINT reaction_pkey PRIMARY KEY (post_id, membership_id);
ALTER TABLE ONLY public.read_mark
    ADD CONSTRAINT read_mark_pkey PRIMARY KEY (membership_id, topic_id);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_code_hash_key UNIQUE (code_hash);
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.review_item
    ADD CONSTRAINT review_item_pkey PRIMARY KEY (kind, target_id);
ALTER TABLE ONLY public.search_result
    ADD CONSTRAINT search_result_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (key);
ALTER TABLE ONLY public.shift
    ADD CONSTRAINT shift_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.signin_link
    ADD CONSTRAINT signin_link_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.signin_link
    ADD CONSTRAINT signin_link_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.space
    ADD CONSTRAINT space_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.topic
    ADD CONSTRAINT topic_pkey PRIMARY KEY (id);
CREATE INDEX assessment_unread ON public.assessment USING btree (space_id, created_at) WHERE ((level = 'amber'::text) AND (correction IS NULL));
CREATE INDEX case_signal_case ON public.case_signal USING btree (case_id);
CREATE INDEX case_timer_due ON public.case_timer USING btree (due_at) WHERE (fired_at IS NULL);
CREATE INDEX consent_account ON public.consent USING btree (account_id);
CREATE INDEX credential_account ON public.credential USING btree (account_id);
CREATE UNIQUE INDEX credential_one_passphrase ON public.credential USING btree (account_id) WHERE (kind = 'passphrase'::text);
CREATE INDEX crisis_case_open ON public.crisis_case USING btree (opened_at) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX crisis_case_open_account ON public.crisis_case USING btree (account_id) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX crisis_case_open_concern ON public.crisis_case USING btree (concern_id) WHERE (closed_at IS NULL);
CREATE INDEX decision_target ON public.decision USING btree (target_kind, target_id);
CREATE INDEX draft_account ON public.draft USING btree (account_id);
CREATE INDEX job_due ON public.job USING btree (due_at) WHERE (parked_at IS NULL);
CREATE INDEX notice_account ON public.notice USING btree (account_id, created_at);
CREATE INDEX post_calm ON public.post USING btree (topic_id) WHERE calm_banner;
CREATE INDEX post_held ON public.post USING btree (space_id, created_at) WHERE (visibility = 'held'::text);
CREATE INDEX post_membership ON public.post USING btree (membership_id);
CREATE INDEX post_visible ON public.post USING btree (topic_id, seq, membership_id) WHERE (visibility = 'visible'::text);
CREATE INDEX rate_limit_starts ON public.rate_limit USING btree (starts_at);
CREATE INDEX recovery_code_account ON public.recovery_code USING btree (account_id);
CREATE UNIQUE INDEX report_once ON public.report USING btree (account_id, target_id) WHERE (state = 'open'::text);
CREATE INDEX report_open ON public.report USING btree (space_id, created_at) WHERE (state = 'open'::text);
CREATE INDEX report_target ON public.report USING btree (target_id);
CREATE INDEX search_result_expires ON public.search_result USING btree (expires_at);
CREATE INDEX session_account ON public.session USING btree (account_id);
CREATE INDEX session_expires ON public.session USING btree (expires_at);
CREATE INDEX shift_ends ON public.shift USING btree (ends_at);
CREATE INDEX staff_grant_account ON public.staff_grant USING btree (account_id);
CREATE INDEX topic_activity ON public.topic USING btree (space_id, last_post_at, id);
CREATE INDEX topic_membership ON public.topic USING btree (membership_id);
CREATE INDEX topic_pinned ON public.topic USING btree (space_id, pinned_at) WHERE (pinned_at IS NOT NULL);
ALTER TABLE ONLY public.agreement_acceptance
    ADD CONSTRAINT agreement_acceptance_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES public.agreement(id);
ALTER TABLE ONLY public.agreement_acceptance
    ADD CONSTRAINT agreement_acceptance_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.membership(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT agreement_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.assessment
    ADD CONSTRAINT assessment_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.block
    ADD CONSTRAINT block_blocked_id_fkey FOREIGN KEY (blocked_id) REFERENCES public.membership(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.block
    ADD CONSTRAINT block_blocker_id_fkey FOREIGN KEY (blocker_id) REFERENCES public.membership(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.call_attempt
    ADD CONSTRAINT call_attempt_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.crisis_case(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.case_contact
    ADD CONSTRAINT case_contact_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.crisis_case(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.case_event
    ADD CONSTRAINT case_event_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.case_event
    ADD CONSTRAINT case_event_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.crisis_case(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.case_signal
    ADD CONSTRAINT case_signal_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessment(id);
ALTER TABLE ONLY public.case_signal
    ADD CONSTRAINT case_signal_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.crisis_case(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.case_signal
    ADD CONSTRAINT case_signal_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.membership(id);
ALTER TABLE ONLY public.case_signal
    ADD CONSTRAINT case_signal_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.case_timer
    ADD CONSTRAINT case_timer_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.crisis_case(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.concern
    ADD CONSTRAINT concern_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.consent
    ADD CONSTRAINT consent_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.credential
    ADD CONSTRAINT credential_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.crisis_case
    ADD CONSTRAINT crisis_case_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.crisis_case
    ADD CONSTRAINT crisis_case_closing_by_fkey FOREIGN KEY (closing_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.crisis_case
    ADD CONSTRAINT crisis_case_concern_id_fkey FOREIGN KEY (concern_id) REFERENCES public.concern(id);
ALTER TABLE ONLY public.crisis_case
    ADD CONSTRAINT crisis_case_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.membership(id);
ALTER TABLE ONLY public.crisis_case
    ADD CONSTRAINT crisis_case_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.crisis_case
    ADD CONSTRAINT crisis_case_second_person_fkey FOREIGN KEY (second_person) REFERENCES public.account(id);
ALTER TABLE ONLY public.crisis_case
    ADD CONSTRAINT crisis_case_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_appeal_of_fkey FOREIGN KEY (appeal_of) REFERENCES public.decision(id);
ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);
ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT notice_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.membership(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_reply_to_fkey FOREIGN KEY (reply_to) REFERENCES public.post(id);
ALTER TABLE ONLY public.post_revision
    ADD CONSTRAINT post_revision_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.post
    ADD CONSTRAINT post_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES public.topic(id);
ALTER TABLE ONLY public.reaction
    ADD CONSTRAINT reaction_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.membership(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.reaction
    ADD CONSTRAINT reaction_post_id_fkey FOREIGN KEY (post_id) REFERENCES public.post(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.read_mark
    ADD CONSTRAINT read_mark_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.membership(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.read_mark
    ADD CONSTRAINT read_mark_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES public.topic(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.report
    ADD CONSTRAINT report_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.review_item
    ADD CONSTRAINT review_item_lease_holder_fkey FOREIGN KEY (lease_holder) REFERENCES public.account(id);
ALTER TABLE ONLY public.search_result
    ADD CONSTRAINT search_result_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.shift
    ADD CONSTRAINT shift_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.shift
    ADD CONSTRAINT shift_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.signin_link
    ADD CONSTRAINT signin_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.account(id);
ALTER TABLE ONLY public.staff_grant
    ADD CONSTRAINT staff_grant_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
ALTER TABLE ONLY public.topic
    ADD CONSTRAINT topic_membership_id_fkey FOREIGN KEY (membership_id) REFERENCES public.membership(id);
ALTER TABLE ONLY public.topic
    ADD CONSTRAINT topic_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);
