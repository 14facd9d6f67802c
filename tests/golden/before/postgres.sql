CREATE SCHEMA dbos;
CREATE FUNCTION dbos.enqueue_workflow(workflow_name text, queue_name text, positional_args json[] DEFAULT ARRAY[]::json[], named_args json DEFAULT '{}'::json, class_name text DEFAULT NULL::text, config_name text DEFAULT NULL::text, workflow_id text DEFAULT NULL::text, app_version text DEFAULT NULL::text, timeout_ms bigint DEFAULT NULL::bigint, deadline_epoch_ms bigint DEFAULT NULL::bigint, deduplication_id text DEFAULT NULL::text, priority integer DEFAULT NULL::integer, queue_partition_key text DEFAULT NULL::text, authenticated_user text DEFAULT NULL::text, authenticated_roles text DEFAULT NULL::text, delay_until_epoch_ms bigint DEFAULT NULL::bigint, application_name text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    v_workflow_id TEXT;
    v_serialized_inputs TEXT;
    v_owner_xid TEXT;
    v_now BIGINT;
    v_recovery_attempts INT4 := 0;
    v_priority INT4;
    v_status TEXT;
BEGIN
    -- Validate required parameters
    IF workflow_name IS NULL OR workflow_name = '' THEN
        RAISE EXCEPTION 'Workflow name cannot be null or empty';
    END IF;
    IF queue_name IS NULL OR queue_name = '' THEN
        RAISE EXCEPTION 'Queue name cannot be null or empty';
    END IF;
    IF named_args IS NOT NULL AND jsonb_typeof(named_args::jsonb) != 'object' THEN
        RAISE EXCEPTION 'Named args must be a JSON object';
    END IF;
    IF workflow_id IS NOT NULL AND workflow_id = '' THEN
        RAISE EXCEPTION 'Workflow ID cannot be an empty string if provided.';
    END IF;
    IF delay_until_epoch_ms IS NOT NULL AND delay_until_epoch_ms < 0 THEN
        RAISE EXCEPTION 'delay_until_epoch_ms must be >= 0';
    END IF;
    v_workflow_id := COALESCE(workflow_id, gen_random_uuid()::TEXT);
    v_owner_xid := gen_random_uuid()::TEXT;
    v_priority := COALESCE(priority, 0);
    v_serialized_inputs := json_build_object(
        'positionalArgs', positional_args,
        'namedArgs', named_args
    )::TEXT;
    v_now := EXTRACT(epoch FROM now()) * 1000;
    v_status := CASE WHEN delay_until_epoch_ms IS NULL THEN 'ENQUEUED' ELSE 'DELAYED' END;
    INSERT INTO "dbos".workflow_status (
        workflow_uuid, status,
        name, class_name, config_name,
        queue_name, deduplication_id, priority, queue_partition_key,
        application_version,
        created_at, updated_at, recovery_attempts,
        workflow_timeout_ms, workflow_deadline_epoch_ms,
        parent_workflow_id, owner_xid, serialization,
        authenticated_user, authenticated_roles,
        delay_until_epoch_ms, application_name
    ) VALUES (
        v_workflow_id, v_status,
        workflow_name, class_name, config_name,
        queue_name, deduplication_id, v_priority, queue_partition_key,
        app_version,
        v_now, v_now, v_recovery_attempts,
        timeout_ms, deadline_epoch_ms,
        NULL, v_owner_xid, 'portable_json',
        authenticated_user, authenticated_roles,
        delay_until_epoch_ms, application_name
    )
    ON CONFLICT (workflow_uuid)
    DO UPDATE SET
        updated_at = EXCLUDED.updated_at;
    INSERT INTO "dbos".workflow_input (
        workflow_uuid, inputs, retention_timestamp
    ) VALUES (
        v_workflow_id, v_serialized_inputs, v_now
    )
    ON CONFLICT (workflow_uuid) DO NOTHING;
    RETURN v_workflow_id;
EXCEPTION
    WHEN unique_violation THEN
        RAISE EXCEPTION 'DBOS queue duplicated'
            USING DETAIL = format('Workflow %s with queue %s and deduplication ID %s already exists', v_workflow_id, queue_name, deduplication_id),
                ERRCODE = 'unique_violation';
END;
$$;
CREATE FUNCTION dbos.send_message(destination_id text, message json, topic text DEFAULT NULL::text, message_id text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    v_topic TEXT := COALESCE(topic, '__null__topic__');
    v_message_id TEXT := COALESCE(message_id, gen_random_uuid()::TEXT);
BEGIN
    INSERT INTO "dbos".notifications (
        destination_uuid, topic, message, message_uuid, serialization
    ) VALUES (
        destination_id, v_topic, message, v_message_id, 'portable_json'
    )
    ON CONFLICT (message_uuid) DO NOTHING;
EXCEPTION
    WHEN foreign_key_violation THEN
        RAISE EXCEPTION 'DBOS non-existent workflow'
            USING DETAIL = format('Destination workflow %s does not exist', destination_id),
                ERRCODE = 'foreign_key_violation';
END;
$$;
CREATE TABLE dbos.application_versions (
    version_id text NOT NULL,
    version_name text NOT NULL,
    version_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_name text
);
CREATE TABLE dbos.dbos_migrations (
    version bigint NOT NULL
);
CREATE TABLE dbos.event_dispatch_kv (
    service_name text NOT NULL,
    workflow_fn_name text NOT NULL,
    key text NOT NULL,
    value text,
    update_seq numeric(38,0),
    update_time numeric(38,15)
);
CREATE TABLE dbos.notifications (
    message_uuid text DEFAULT gen_random_uuid() NOT NULL,
    destination_uuid text NOT NULL,
    topic text,
    message text NOT NULL,
    created_at_epoch_ms bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    serialization text,
    consumed boolean DEFAULT false NOT NULL,
    consumed_by_function_id integer
);
CREATE TABLE dbos.operation_outputs (
    workflow_uuid text NOT NULL,
    function_id integer NOT NULL,
    function_name text DEFAULT ''::text NOT NULL,
    output text,
    error text,
    child_workflow_id text,
    started_at_epoch_ms bigint,
    completed_at_epoch_ms bigint,
    serialization text,
    application_name text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE dbos.queues (
    queue_id text DEFAULT (gen_random_uuid())::text NOT NULL,
    name text NOT NULL,
    concurrency integer,
    worker_concurrency integer,
    rate_limit_max integer,
    rate_limit_period_sec double precision,
    priority_enabled boolean DEFAULT false NOT NULL,
    partition_queue boolean DEFAULT false NOT NULL,
    polling_interval_sec double precision DEFAULT 1.0 NOT NULL,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    updated_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_name text,
    partition_concurrency integer,
    partition_worker_concurrency integer,
    partition_rate_limit_max integer,
    partition_rate_limit_period_sec double precision
);
CREATE TABLE dbos.streams (
    workflow_uuid text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    "offset" integer NOT NULL,
    function_id integer DEFAULT 0 NOT NULL,
    serialization text
);
CREATE TABLE dbos.workflow_events (
    workflow_uuid text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    serialization text
);
CREATE TABLE dbos.workflow_events_history (
    workflow_uuid text NOT NULL,
    function_id integer NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    serialization text
);
CREATE TABLE dbos.workflow_input (
    workflow_uuid text NOT NULL,
    inputs text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE dbos.workflow_output (
    workflow_uuid text NOT NULL,
    output text,
    error text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE dbos.workflow_schedules (
    schedule_id text NOT NULL,
    schedule_name text NOT NULL,
    workflow_name text NOT NULL,
    workflow_class_name text,
    schedule text NOT NULL,
    status text DEFAULT 'ACTIVE'::text NOT NULL,
    context text NOT NULL,
    last_fired_at text,
    automatic_backfill boolean DEFAULT false NOT NULL,
    cron_timezone text,
    queue_name text,
    application_name text
);
CREATE TABLE dbos.workflow_status (
    workflow_uuid text NOT NULL,
    status text,
    name text,
    authenticated_user text,
    assumed_role text,
    authenticated_roles text,
    request text,
    output text,
    error text,
    executor_id text,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    updated_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_version text,
    application_id text,
    class_name character varying(255) DEFAULT NULL::character varying,
    config_name character varying(255) DEFAULT NULL::character varying,
    recovery_attempts bigint DEFAULT 0,
    queue_name text,
    workflow_timeout_ms bigint,
    workflow_deadline_epoch_ms bigint,
    inputs text,
    started_at_epoch_ms bigint,
    deduplication_id text,
    priority integer DEFAULT 0 NOT NULL,
    queue_partition_key text,
    forked_from text,
    owner_xid text,
    parent_workflow_id text,
    serialization text,
    delay_until_epoch_ms bigint,
    was_forked_from boolean DEFAULT false NOT NULL,
    rate_limited boolean DEFAULT false NOT NULL,
    completed_at bigint,
    attributes jsonb,
    schedule_name text,
    debounce_deadline_epoch_ms bigint,
    is_debounced boolean DEFAULT false NOT NULL,
    application_name text,
    creator_xid text
);
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.brief (
    slug character varying(60) NOT NULL,
    revision character varying(8) NOT NULL
);
CREATE TABLE public.change_set (
    publication integer NOT NULL,
    slug character varying(60) NOT NULL,
    before character varying(8),
    after character varying(8),
    kind character varying(16)
);
CREATE TABLE public.default_brief (
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    channel character varying(32) NOT NULL,
    slug character varying(60),
    stamp integer NOT NULL
);
CREATE TABLE public.delivery (
    id integer NOT NULL,
    key character varying(200) NOT NULL,
    queue character varying(8) NOT NULL,
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    channel character varying(32) NOT NULL,
    kind character varying(12) NOT NULL,
    slug character varying(60),
    base integer,
    publication integer,
    about character varying(64),
    state character varying(10) NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    attempt_at timestamp with time zone,
    ts character varying(32),
    error character varying(64),
    again boolean NOT NULL
);
CREATE SEQUENCE public.delivery_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.delivery_id_seq OWNED BY public.delivery.id;
CREATE TABLE public.digest (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    channel character varying(32) NOT NULL,
    fire_at timestamp with time zone NOT NULL,
    since timestamp with time zone NOT NULL,
    base integer NOT NULL,
    publication integer NOT NULL,
    state character varying(8) NOT NULL,
    plan text
);
CREATE TABLE public.digest_calendar (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    channel character varying(32) NOT NULL,
    since timestamp with time zone NOT NULL,
    base integer NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone,
    rules character varying(16)
);
CREATE SEQUENCE public.digest_calendar_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.digest_calendar_id_seq OWNED BY public.digest_calendar.id;
CREATE SEQUENCE public.digest_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.digest_id_seq OWNED BY public.digest.id;
CREATE TABLE public.digest_schedule (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    channel character varying(32) NOT NULL,
    schedule character varying(80) NOT NULL,
    made_by character varying(32) NOT NULL,
    made_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.digest_schedule_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.digest_schedule_id_seq OWNED BY public.digest_schedule.id;
CREATE TABLE public.gate (
    team character varying(32) NOT NULL,
    method character varying(40) NOT NULL,
    opens_at timestamp with time zone NOT NULL
);
CREATE TABLE public.lane (
    queue character varying(8) NOT NULL,
    team character varying(32) NOT NULL,
    epoch integer NOT NULL,
    run integer NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE public.live_thread (
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    channel character varying(32) NOT NULL,
    slug character varying(60) NOT NULL,
    ts character varying(32) NOT NULL
);
CREATE TABLE public.parsed (
    hash character varying(64) NOT NULL,
    slug character varying(60) NOT NULL,
    revision character varying(8) NOT NULL
);
CREATE TABLE public.publication (
    number integer NOT NULL,
    predecessor integer NOT NULL,
    fingerprint character varying(16) NOT NULL,
    vocabulary text NOT NULL,
    commit_id character varying(64),
    committed_at timestamp with time zone,
    published_at timestamp with time zone NOT NULL
);
CREATE TABLE public.question (
    team character varying(32) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    words character varying(120) NOT NULL,
    count integer NOT NULL
);
CREATE TABLE public.seen_event (
    id character varying(64) NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE public.shown (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    channel character varying(32) NOT NULL,
    ts character varying(32) NOT NULL,
    thread_ts character varying(32),
    publication integer NOT NULL,
    content text NOT NULL,
    shown_at timestamp with time zone NOT NULL,
    error character varying(64)
);
CREATE TABLE public.shown_claim (
    shown integer NOT NULL,
    place integer NOT NULL,
    slug character varying(60) NOT NULL,
    claim character varying(60) NOT NULL,
    now character varying(60) NOT NULL
);
CREATE SEQUENCE public.shown_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.shown_id_seq OWNED BY public.shown.id;
CREATE TABLE public.subscription (
    id integer NOT NULL,
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    channel character varying(32) NOT NULL,
    target character varying(130) NOT NULL,
    filters text NOT NULL,
    deliver character varying(8) NOT NULL,
    made_by character varying(32) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    muted_until timestamp with time zone,
    paused character varying(64)
);
CREATE SEQUENCE public.subscription_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.subscription_id_seq OWNED BY public.subscription.id;
CREATE TABLE public.version (
    slug character varying(60) NOT NULL,
    revision character varying(8) NOT NULL,
    content text NOT NULL
);
CREATE TABLE public.workspace (
    team character varying(32) NOT NULL,
    enterprise character varying(32),
    stopped character varying(64)
);
ALTER TABLE ONLY public.delivery ALTER COLUMN id SET DEFAULT nextval('public.delivery_id_seq'::regclass);
ALTER TABLE ONLY public.digest ALTER COLUMN id SET DEFAULT nextval('public.digest_id_seq'::regclass);
ALTER TABLE ONLY public.digest_calendar ALTER COLUMN id SET DEFAULT nextval('public.digest_calendar_id_seq'::regclass);
ALTER TABLE ONLY public.digest_schedule ALTER COLUMN id SET DEFAULT nextval('public.digest_schedule_id_seq'::regclass);
ALTER TABLE ONLY public.shown ALTER COLUMN id SET DEFAULT nextval('public.shown_id_seq'::regclass);
ALTER TABLE ONLY public.subscription ALTER COLUMN id SET DEFAULT nextval('public.subscription_id_seq'::regclass);
INSERT INTO dbos.application_versions VALUES
	('06107845-8def-4988-9d25-f33153b6bd33', 'stable', 1778830232000, 1778830232000, 'briefbot');
INSERT INTO dbos.dbos_migrations VALUES
	(125);
INSERT INTO dbos.queues VALUES
	('5465bd19-c19b-4947-b37d-7944f9edee58', 'lanes', NULL, 40, NULL, NULL, true, true, 0.5, 1778830232000, 1778830232000, 'briefbot', 1, NULL, NULL, NULL);
INSERT INTO dbos.workflow_input VALUES
	('post|T0LOCAL001|1', 'gASVMQAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMATGUh5SMBmt3YXJnc5R9lHUu', 1795639446688),
	('update|T0LOCAL001|1', 'gASVMwAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwBMZSHlIwGa3dhcmdzlH2UdS4=', 1795639446688),
	('update|T0LOCAL001|15', 'gASVNAAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwCMTWUh5SMBmt3YXJnc5R9lHUu', 1795639453748),
	('post|T0LOCAL001|37', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjM3lIeUjAZrd2FyZ3OUfZR1Lg==', 1795639453748),
	('post|T0LOCAL001|38', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjM4lIeUjAZrd2FyZ3OUfZR1Lg==', 1795639453876),
	('post|T0LOCAL001|39', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjM5lIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454065),
	('post|T0LOCAL001|40', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQwlIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454165),
	('update|T0LOCAL001|16', 'gASVNAAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwCMTaUh5SMBmt3YXJnc5R9lHUu', 1795639454239),
	('post|T0LOCAL001|41', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQxlIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454239),
	('post|T0NEXT001|5', 'gASVMAAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwJVDBORVhUMDAxlIwBNZSHlIwGa3dhcmdzlH2UdS4=', 1795639454239),
	('update|T0LOCAL001|17', 'gASVNAAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwCMTeUh5SMBmt3YXJnc5R9lHUu', 1795639454326),
	('post|T0LOCAL001|42', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQylIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454326),
	('post|T0NEXT001|6', 'gASVMAAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwJVDBORVhUMDAxlIwBNpSHlIwGa3dhcmdzlH2UdS4=', 1795639454326),
	('post|T0LOCAL001|43', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQzlIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454397),
	('update|T0LOCAL001|18', 'gASVNAAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwCMTiUh5SMBmt3YXJnc5R9lHUu', 1795639454432),
	('post|T0LOCAL001|44', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQ0lIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454432),
	('update|T0NEXT001|1', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjAlUME5FWFQwMDGUjAExlIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454432),
	('post|T0NEXT001|7', 'gASVMAAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwJVDBORVhUMDAxlIwBN5SHlIwGa3dhcmdzlH2UdS4=', 1795639454432),
	('update|T0LOCAL001|19', 'gASVNAAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwCMTmUh5SMBmt3YXJnc5R9lHUu', 1795639454628),
	('post|T0LOCAL001|45', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQ1lIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454628),
	('update|T0LOCAL001|20', 'gASVNAAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwCMjCUh5SMBmt3YXJnc5R9lHUu', 1795639454677),
	('post|T0LOCAL001|46', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQ2lIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454677),
	('update|T0LOCAL001|21', 'gASVNAAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwCMjGUh5SMBmt3YXJnc5R9lHUu', 1795639454901),
	('post|T0LOCAL001|47', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQ3lIeUjAZrd2FyZ3OUfZR1Lg==', 1795639454901),
	('update|T0LOCAL001|22', 'gASVNAAAAAAAAAB9lCiMBGFyZ3OUjAZ1cGRhdGWUjApUMExPQ0FMMDAxlIwCMjKUh5SMBmt3YXJnc5R9lHUu', 1795639455053),
	('post|T0LOCAL001|48', 'gASVMgAAAAAAAAB9lCiMBGFyZ3OUjARwb3N0lIwKVDBMT0NBTDAwMZSMAjQ4lIeUjAZrd2FyZ3OUfZR1Lg==', 1795639455053);
INSERT INTO dbos.workflow_output VALUES
	('post|T0LOCAL001|1', 'gAROLg==', NULL, 1795639448151),
	('update|T0LOCAL001|1', 'gAROLg==', NULL, 1795639448161);
INSERT INTO dbos.workflow_status VALUES
	('post|T0LOCAL001|1', 'SUCCESS', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, '5bf6cc7074bcf625', 1778830232000, 1778830233463, 'stable', NULL, NULL, NULL, 1, 'lanes', NULL, NULL, NULL, 1778830233378, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, 1778830233463, 'null', NULL, NULL, false, 'briefbot', 'e261a5a6-07a8-48dc-947c-c62f9add9a0b'),
	('update|T0LOCAL001|1', 'SUCCESS', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, '5bf6cc7074bcf625', 1778830233000, 1778830234473, 'stable', NULL, NULL, NULL, 1, 'lanes', NULL, NULL, NULL, 1778830234378, NULL, 0, 'update T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, 1778830234473, 'null', NULL, NULL, false, 'briefbot', 'e9ae8201-3537-423b-a428-952a0b267d87'),
	('post|T0LOCAL001|38', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830236000, 1778830236000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, 'd2421031-85b2-408a-85c9-bf9fd1b288aa'),
	('post|T0LOCAL001|39', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830237000, 1778830237000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, 'ee439d97-1754-41ae-9ccd-3d5cf6fc2829'),
	('post|T0LOCAL001|40', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830238000, 1778830238000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '25288fca-9398-4398-8ef0-6ae6da92825e'),
	('post|T0LOCAL001|41', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830239000, 1778830239000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, 'f3b20c7b-e080-4f15-887c-c5a5c1dfa92d'),
	('update|T0LOCAL001|16', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830241000, 1778830241000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'update T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '63b5b84b-008b-43ed-9a8d-98795ed09b72'),
	('post|T0LOCAL001|42', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830242000, 1778830242000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '466e555e-8a0a-4c02-aac7-97431323d09d'),
	('post|T0NEXT001|6', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830243000, 1778830243000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0NEXT001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '67b49369-0fcf-4f13-98d9-d59650de491d'),
	('update|T0LOCAL001|17', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830244000, 1778830244000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'update T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '7326a379-d0ed-49ff-baf4-394ebf8451ce'),
	('post|T0LOCAL001|43', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830245000, 1778830245000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '07b884ea-b1ca-42ec-a106-759f5e06c0df'),
	('post|T0LOCAL001|44', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830246000, 1778830246000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '0dcfa358-6945-4126-81b6-36a6bd78f51e'),
	('post|T0NEXT001|7', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830247000, 1778830247000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0NEXT001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, 'a2eff741-6337-4181-9137-71ff2d2b0173'),
	('update|T0LOCAL001|18', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830248000, 1778830248000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'update T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '4fc3b258-5c1c-4754-8a49-f55ad80d079c'),
	('post|T0LOCAL001|45', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830250000, 1778830250000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '7f14cad1-4836-443e-a296-81cbc80b126e'),
	('update|T0LOCAL001|19', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830251000, 1778830251000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'update T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, 'fce267dd-acd2-45a4-9708-19fe87a6b94c'),
	('post|T0LOCAL001|46', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830252000, 1778830252000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '7c969739-6062-4245-8513-f73eb0f0eda3'),
	('update|T0LOCAL001|20', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830253000, 1778830253000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'update T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '713c28f6-f809-45e4-9189-b0547acd0185'),
	('post|T0LOCAL001|47', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830254000, 1778830254000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '41b03f4f-f84e-4188-88f8-d0cfcf0f7918'),
	('update|T0LOCAL001|21', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830255000, 1778830255000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'update T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '78a3c849-f46d-493a-bbf5-40dc1847833a'),
	('post|T0LOCAL001|48', 'ENQUEUED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830256000, 1778830256000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'post T0LOCAL001', NULL, NULL, NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, NULL, '35fd6e87-a065-45f3-8e83-06819642569a'),
	('update|T0LOCAL001|22', 'DELAYED', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1778830257000, 1778830257000, 'stable', NULL, NULL, NULL, 0, 'lanes', NULL, NULL, NULL, NULL, NULL, 0, 'update T0LOCAL001', NULL, NULL, NULL, 'py_pickle', 1778830377000, false, false, NULL, 'null', NULL, NULL, false, NULL, '48818ad6-11a3-47b6-b338-412875bf781a'),
	('post|T0LOCAL001|37', 'PENDING', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, 'deadbeefdeadbeef', 1778830234000, 1778830237693, 'stable', NULL, NULL, NULL, 1, 'lanes', NULL, NULL, NULL, 1778830237693, NULL, 0, 'post T0LOCAL001', NULL, 'a4782f5c-c281-4ef8-a7fb-cac63a99b3c2', NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, 'briefbot', 'be15deb2-67b2-493e-bd15-4a130d73727e'),
	('update|T0LOCAL001|15', 'PENDING', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, 'deadbeefdeadbeef', 1778830235000, 1778830238693, 'stable', NULL, NULL, NULL, 1, 'lanes', NULL, NULL, NULL, 1778830238693, NULL, 0, 'update T0LOCAL001', NULL, 'a4782f5c-c281-4ef8-a7fb-cac63a99b3c2', NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, 'briefbot', 'ea54c82a-4795-42d7-b7fe-45a10bd6af38'),
	('post|T0NEXT001|5', 'PENDING', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, 'deadbeefdeadbeef', 1778830240000, 1778830243202, 'stable', NULL, NULL, NULL, 1, 'lanes', NULL, NULL, NULL, 1778830243202, NULL, 0, 'post T0NEXT001', NULL, 'a4782f5c-c281-4ef8-a7fb-cac63a99b3c2', NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, 'briefbot', '654be86f-bf6a-4731-bde3-f17b2d27ce02'),
	('update|T0NEXT001|1', 'PENDING', 'briefbot.lane', NULL, NULL, NULL, NULL, NULL, NULL, 'deadbeefdeadbeef', 1778830249000, 1778830252009, 'stable', NULL, NULL, NULL, 1, 'lanes', NULL, NULL, NULL, 1778830252009, NULL, 0, 'update T0NEXT001', NULL, 'a4782f5c-c281-4ef8-a7fb-cac63a99b3c2', NULL, 'py_pickle', NULL, false, false, NULL, 'null', NULL, NULL, false, 'briefbot', 'a96c5a7d-dbec-4081-93e1-389b2a949a20');
INSERT INTO public.alembic_version VALUES
	('0002');
INSERT INTO public.brief VALUES
	('mole', 'ce4a06d5'),
	('harbour', '7baca295'),
	('lighthouse', '56b64aba'),
	('breakwater', 'dad7b5f7'),
	('quay', '6cbc0dfe'),
	('ferries', '4b4984a5');
INSERT INTO public.change_set VALUES
	(1, 'ferries', NULL, 'd716dfa6', NULL),
	(1, 'lighthouse', NULL, 'c908c536', NULL),
	(1, 'pier', NULL, 'fabb312d', NULL),
	(1, 'harbour', NULL, 'f364cb13', NULL),
	(1, 'quay', NULL, '610afd7f', NULL),
	(1, 'mole', NULL, 'ce4a06d5', NULL),
	(2, 'ferries', 'd716dfa6', '330683bc', 'correction'),
	(3, 'harbour', 'f364cb13', '7baca295', 'update'),
	(4, 'lighthouse', 'c908c536', 'a791c569', 'update'),
	(5, 'lighthouse', 'a791c569', '56b64aba', 'withdrawal'),
	(6, 'ferries', '330683bc', 'f113346f', NULL),
	(7, 'pier', 'fabb312d', '3d0e2c30', 'update'),
	(8, 'quay', '610afd7f', 'c0c8b19e', 'evidence'),
	(9, 'pier', '3d0e2c30', '6f962ee8', 'correction'),
	(10, 'ferries', 'f113346f', 'fc65d59c', 'correction'),
	(11, 'pier', '6f962ee8', NULL, 'withdrawal'),
	(12, 'quay', 'c0c8b19e', 'e663a333', 'clarification'),
	(13, 'ferries', 'fc65d59c', '1f87e484', 'correction'),
	(14, 'breakwater', NULL, 'dad7b5f7', 'new'),
	(15, 'quay', 'e663a333', '6cbc0dfe', 'correction'),
	(16, 'ferries', '1f87e484', 'dabee6ab', 'update'),
	(17, 'ferries', 'dabee6ab', 'd60887dd', 'update'),
	(18, 'ferries', 'd60887dd', '4b4984a5', 'correction');
INSERT INTO public.default_brief VALUES
	('T0LOCAL001', NULL, 'C00000004', 'ferries', 1),
	('T0LOCAL001', NULL, 'C00000015', NULL, 3);
INSERT INTO public.delivery VALUES
	(4, 'refresh|T0LOCAL001|C00000005|ferries|2', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'ferries', 1, 2, NULL, 'void', '2026-05-11 10:00:00+00', 0, NULL, NULL, NULL, false),
	(8, 'refresh|T0LOCAL001|C00000009|ferries|2', 'update', 'T0LOCAL001', NULL, 'C00000009', 'refresh', 'ferries', 1, 2, NULL, 'void', '2026-05-11 10:00:00+00', 0, NULL, NULL, NULL, false),
	(10, 'edit|2|2', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 2, '2', 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:00+00', '1778490044.000002', NULL, false),
	(12, 'edit|3|2', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 2, '3', 'dead', '2026-05-11 10:00:00+00', 1, NULL, NULL, 'edit_window_closed', false),
	(14, 'edit|5|2', 'update', 'T0LOCAL001', NULL, 'C00000008', 'edit', NULL, NULL, 2, '5', 'dead', '2026-05-11 10:00:00+00', 1, NULL, NULL, 'edit_window_closed', false),
	(1, 'change|T0LOCAL001|C00000004|ferries|2', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'ferries', 1, 2, NULL, 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:00+00', '1778493600.000001', NULL, false),
	(2, 'parent|T0LOCAL001|C00000005|ferries|2', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'ferries', 1, 2, NULL, 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:00+00', '1778493600.000002', NULL, false),
	(5, 'change|T0LOCAL001|C00000008|ferries|2', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'ferries', 1, 2, NULL, 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:00+00', '1778493600.000003', NULL, false),
	(6, 'parent|T0LOCAL001|C00000009|ferries|2', 'post', 'T0LOCAL001', NULL, 'C00000009', 'parent', 'ferries', 1, 2, NULL, 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:00+00', '1778493600.000004', NULL, false),
	(3, 'change|T0LOCAL001|C00000005|ferries|2', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'ferries', 1, 2, NULL, 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:01.05+00', '1778493601.000001', NULL, false),
	(7, 'change|T0LOCAL001|C00000009|ferries|2', 'post', 'T0LOCAL001', NULL, 'C00000009', 'change', 'ferries', 1, 2, NULL, 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:01.05+00', '1778493601.000002', NULL, false),
	(11, 'note|2|2', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 2, '2', 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:01.05+00', '1778493601.000003', NULL, false),
	(15, 'note|5|2', 'post', 'T0LOCAL001', NULL, 'C00000008', 'note', NULL, NULL, 2, '5', 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:01.05+00', '1778493601.000004', NULL, false),
	(13, 'note|3|2', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 2, '3', 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:02.1+00', '1778493602.000001', NULL, false),
	(9, 'change|T0NEXT001|C00000002|ferries|2', 'post', 'T0NEXT001', NULL, 'C00000002', 'change', 'ferries', 1, 2, NULL, 'sent', '2026-05-11 10:00:00+00', 1, '2026-05-11 10:00:02.1+00', '1778493602.000001', NULL, false),
	(19, 'refresh|T0LOCAL001|C00000005|harbour|3', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'harbour', 2, 3, NULL, 'void', '2026-05-11 11:00:00+00', 0, NULL, NULL, NULL, false),
	(16, 'change|T0LOCAL001|C00000004|harbour|3', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'harbour', 2, 3, NULL, 'sent', '2026-05-11 11:00:00+00', 1, '2026-05-11 11:00:00+00', '1778497200.000001', NULL, false),
	(17, 'parent|T0LOCAL001|C00000005|harbour|3', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'harbour', 2, 3, NULL, 'sent', '2026-05-11 11:00:00+00', 1, '2026-05-11 11:00:00+00', '1778497200.000002', NULL, false),
	(18, 'change|T0LOCAL001|C00000005|harbour|3', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'harbour', 2, 3, NULL, 'sent', '2026-05-11 11:00:00+00', 1, '2026-05-11 11:00:01.05+00', '1778497201.000001', NULL, false),
	(23, 'refresh|T0LOCAL001|C00000005|lighthouse|4', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'lighthouse', 3, 4, NULL, 'void', '2026-05-11 12:00:00+00', 0, NULL, NULL, NULL, false),
	(20, 'change|T0LOCAL001|C00000004|lighthouse|4', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'lighthouse', 3, 4, NULL, 'sent', '2026-05-11 12:00:00+00', 1, '2026-05-11 12:00:00+00', '1778500800.000001', NULL, false),
	(21, 'parent|T0LOCAL001|C00000005|lighthouse|4', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'lighthouse', 3, 4, NULL, 'sent', '2026-05-11 12:00:00+00', 1, '2026-05-11 12:00:00+00', '1778500800.000002', NULL, false),
	(24, 'change|T0LOCAL001|C00000013|lighthouse|4', 'post', 'T0LOCAL001', NULL, 'C00000013', 'change', 'lighthouse', 3, 4, NULL, 'sent', '2026-05-11 12:00:00+00', 1, '2026-05-11 12:00:00+00', '1778500800.000003', NULL, false),
	(22, 'change|T0LOCAL001|C00000005|lighthouse|4', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'lighthouse', 3, 4, NULL, 'sent', '2026-05-11 12:00:00+00', 1, '2026-05-11 12:00:01.05+00', '1778500801.000001', NULL, false),
	(28, 'refresh|T0LOCAL001|C00000005|lighthouse|5', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'lighthouse', 4, 5, NULL, 'void', '2026-05-11 12:00:02.05+00', 1, NULL, NULL, 'cant_update_message', false),
	(25, 'change|T0LOCAL001|C00000004|lighthouse|5', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'lighthouse', 4, 5, NULL, 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500803.000001', NULL, false),
	(26, 'parent|T0LOCAL001|C00000005|lighthouse|5', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'lighthouse', 4, 5, NULL, 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500803.000002', NULL, false),
	(29, 'change|T0LOCAL001|C00000012|lighthouse|5', 'post', 'T0LOCAL001', NULL, 'C00000012', 'change', 'lighthouse', 4, 5, NULL, 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500803.000003', NULL, false),
	(30, 'change|T0LOCAL001|C00000013|lighthouse|5', 'post', 'T0LOCAL001', NULL, 'C00000013', 'change', 'lighthouse', 4, 5, NULL, 'void', '2026-05-11 12:00:02.05+00', 0, NULL, NULL, NULL, false),
	(31, 'change|T0LOCAL001|C00000016|lighthouse|5', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'lighthouse', 4, 5, NULL, 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500803.000004', NULL, false),
	(27, 'change|T0LOCAL001|C00000005|lighthouse|5', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'lighthouse', 4, 5, NULL, 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:04.1+00', '1778500804.000001', NULL, false),
	(45, 'digest|1|1', 'post', 'T0LOCAL001', NULL, 'C00000007', 'digest', NULL, 1, 7, '1 1', 'sent', '2026-05-12 06:31:00+00', 1, '2026-05-12 06:31:00+00', '1778567460.000001', NULL, false),
	(46, 'digest|2|1', 'post', 'T0LOCAL001', NULL, 'C00000008', 'digest', NULL, 1, 7, '2 1', 'sent', '2026-05-12 06:31:00+00', 1, '2026-05-12 06:31:00+00', '1778567460.000002', NULL, false),
	(49, 'digest|2|2', 'post', 'T0LOCAL001', NULL, 'C00000008', 'digest', NULL, 1, 7, '2 2', 'sent', '2026-05-12 06:31:00+00', 1, '2026-05-12 06:31:01.05+00', '1778567461.000002', NULL, false),
	(47, 'digest|3|1', 'post', 'T0NEXT001', NULL, 'C00000002', 'digest', NULL, 1, 7, '3 1', 'sent', '2026-05-12 06:31:00+00', 1, '2026-05-12 06:31:01.05+00', '1778567461.000001', NULL, false),
	(50, 'digest|4|1', 'post', 'T0LOCAL001', NULL, 'C00000003', 'digest', NULL, 1, 7, '4 1', 'sent', '2026-05-12 07:31:00+00', 1, '2026-05-12 07:31:00+00', '1778571060.000001', NULL, false),
	(81, 'digest|9|1', 'post', 'T0LOCAL001', NULL, 'C00000014', 'digest', NULL, 1, 8, '9 1', 'held', '2026-05-13 15:00:07+00', 1, '2026-05-13 15:00:01+00', NULL, 'missing_scope', false),
	(129, 'refresh|T0LOCAL001|C00000005|breakwater|14', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'breakwater', 13, 14, NULL, 'void', '2026-05-14 18:00:00+00', 0, NULL, NULL, NULL, false),
	(130, 'change|T0LOCAL001|C00000012|breakwater|14', 'post', 'T0LOCAL001', NULL, 'C00000012', 'change', 'breakwater', 13, 14, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:02.05+00', '1778781602.000004', NULL, false),
	(131, 'change|T0LOCAL001|C00000016|breakwater|14', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'breakwater', 13, 14, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:02.05+00', '1778781602.000005', NULL, false),
	(127, 'parent|T0LOCAL001|C00000005|breakwater|14', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'breakwater', 13, 14, NULL, 'unknown', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:04.15+00', NULL, NULL, false),
	(126, 'change|T0LOCAL001|C00000004|breakwater|14', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'breakwater', 13, 14, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:04.15+00', '1778781604.000002', NULL, false),
	(128, 'change|T0LOCAL001|C00000005|breakwater|14', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'breakwater', 13, 14, NULL, 'pending', '2026-05-14 18:00:06.2+00', 0, NULL, NULL, 'waits for its thread', false),
	(135, 'change|T0LOCAL001|C00000004|quay|15', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'quay', 14, 15, NULL, 'pending', '2026-05-14 18:00:07+00', 0, NULL, NULL, NULL, false),
	(136, 'parent|T0LOCAL001|C00000005|quay|15', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'quay', 14, 15, NULL, 'pending', '2026-05-14 18:00:07+00', 0, NULL, NULL, NULL, false),
	(32, 'edit|17|5', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 5, '17', 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500800.000001', NULL, false),
	(34, 'edit|18|5', 'update', 'T0LOCAL001', NULL, 'C00000013', 'edit', NULL, NULL, 5, '18', 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500800.000003', NULL, false),
	(36, 'edit|19|5', 'update', 'T0LOCAL001', NULL, 'C00000005', 'edit', NULL, NULL, 5, '19', 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500801.000001', NULL, false),
	(38, 'edit|20|5', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 5, '20', 'sent', '2026-05-11 12:00:02.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500801.000002', NULL, false),
	(35, 'note|18|5', 'post', 'T0LOCAL001', NULL, 'C00000013', 'note', NULL, NULL, 5, '18', 'sent', '2026-05-11 12:00:03.05+00', 1, '2026-05-11 12:00:03.05+00', '1778500803.000005', NULL, false),
	(33, 'note|17|5', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 5, '17', 'sent', '2026-05-11 12:00:03.05+00', 1, '2026-05-11 12:00:04.1+00', '1778500804.000002', NULL, false),
	(37, 'note|19|5', 'post', 'T0LOCAL001', NULL, 'C00000005', 'note', NULL, NULL, 5, '19', 'sent', '2026-05-11 12:00:03.05+00', 1, '2026-05-11 12:00:05.15+00', '1778500805.000001', NULL, false),
	(39, 'note|20|5', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 5, '20', 'sent', '2026-05-11 12:00:03.05+00', 1, '2026-05-11 12:00:05.15+00', '1778500805.000002', NULL, false),
	(43, 'refresh|T0LOCAL001|C00000005|pier|7', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'pier', 6, 7, NULL, 'void', '2026-05-11 13:00:00+00', 0, NULL, NULL, NULL, false),
	(40, 'change|T0LOCAL001|C00000004|pier|7', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'pier', 6, 7, NULL, 'sent', '2026-05-11 13:00:00+00', 1, '2026-05-11 13:00:00+00', '1778504400.000001', NULL, false),
	(41, 'parent|T0LOCAL001|C00000005|pier|7', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'pier', 6, 7, NULL, 'sent', '2026-05-11 13:00:00+00', 1, '2026-05-11 13:00:00+00', '1778504400.000002', NULL, false),
	(44, 'change|T0LOCAL001|C00000016|pier|7', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'pier', 6, 7, NULL, 'sent', '2026-05-11 13:00:00+00', 1, '2026-05-11 13:00:00+00', '1778504400.000003', NULL, false),
	(42, 'change|T0LOCAL001|C00000005|pier|7', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'pier', 6, 7, NULL, 'sent', '2026-05-11 13:00:00+00', 1, '2026-05-11 13:00:01.05+00', '1778504401.000001', NULL, false),
	(48, 'digest|1|2', 'post', 'T0LOCAL001', NULL, 'C00000007', 'digest', NULL, 1, 7, '1 2', 'sent', '2026-05-12 06:31:00+00', 1, '2026-05-12 06:31:01.05+00', '1778567461.000001', NULL, false),
	(54, 'refresh|T0LOCAL001|C00000005|quay|8', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'quay', 7, 8, NULL, 'void', '2026-05-12 10:00:00+00', 0, NULL, NULL, NULL, false),
	(57, 'refresh|T0LOCAL001|C00000008|quay|8', 'update', 'T0LOCAL001', NULL, 'C00000008', 'refresh', 'quay', 7, 8, NULL, 'void', '2026-05-12 10:00:00+00', 0, NULL, NULL, NULL, false),
	(52, 'parent|T0LOCAL001|C00000005|quay|8', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'quay', 7, 8, NULL, 'sent', '2026-05-12 10:00:00+00', 1, '2026-05-12 10:00:00+00', '1778580000.000002', NULL, false),
	(55, 'parent|T0LOCAL001|C00000008|quay|8', 'post', 'T0LOCAL001', NULL, 'C00000008', 'parent', 'quay', 7, 8, NULL, 'sent', '2026-05-12 10:00:00+00', 1, '2026-05-12 10:00:00+00', '1778580000.000003', NULL, false),
	(58, 'change|T0LOCAL001|C00000010|quay|8', 'post', 'T0LOCAL001', NULL, 'C00000010', 'change', 'quay', 7, 8, NULL, 'sent', '2026-05-12 10:00:00+00', 1, '2026-05-12 10:00:00+00', '1778580000.000004', NULL, false),
	(59, 'change|T0LOCAL001|C00000012|quay|8', 'post', 'T0LOCAL001', NULL, 'C00000012', 'change', 'quay', 7, 8, NULL, 'sent', '2026-05-12 10:00:00+00', 1, '2026-05-12 10:00:00+00', '1778580000.000005', NULL, false),
	(60, 'change|T0LOCAL001|C00000016|quay|8', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'quay', 7, 8, NULL, 'sent', '2026-05-12 10:00:00+00', 1, '2026-05-12 10:00:00+00', '1778580000.000006', NULL, false),
	(53, 'change|T0LOCAL001|C00000005|quay|8', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'quay', 7, 8, NULL, 'sent', '2026-05-12 10:00:00+00', 1, '2026-05-12 10:00:01.05+00', '1778580001.000001', NULL, false),
	(56, 'change|T0LOCAL001|C00000008|quay|8', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'quay', 7, 8, NULL, 'sent', '2026-05-12 10:00:00+00', 1, '2026-05-12 10:00:01.05+00', '1778580001.000002', NULL, false),
	(51, 'change|T0LOCAL001|C00000004|quay|8', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'quay', 7, 8, NULL, 'sent', '2026-05-12 10:00:06+00', 2, '2026-05-12 10:00:07.05+00', '1778580007.000001', NULL, true),
	(64, 'refresh|T0LOCAL001|C00000005|pier|9', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'pier', 8, 9, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778504400.000002', NULL, false),
	(61, 'change|T0LOCAL001|C00000004|pier|9', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'pier', 8, 9, NULL, 'dead', '2026-05-13 15:00:00+00', 1, NULL, NULL, 'msg_blocks_too_long', false),
	(62, 'parent|T0LOCAL001|C00000005|pier|9', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'pier', 8, 9, NULL, 'void', '2026-05-13 15:00:00+00', 0, NULL, NULL, NULL, false),
	(63, 'change|T0LOCAL001|C00000005|pier|9', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'pier', 8, 9, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778684401.000001', NULL, false),
	(66, 'change|T0LOCAL001|C00000004|ferries|10', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'ferries', 9, 10, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:02.05+00', '1778684402.000001', NULL, false),
	(65, 'change|T0LOCAL001|C00000016|pier|9', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'pier', 8, 9, NULL, 'held', '2026-05-13 15:00:07+00', 1, '2026-05-13 15:00:01+00', NULL, 'missing_scope', false),
	(82, 'digest|10|1', 'post', 'T0LOCAL001', NULL, 'C00000006', 'digest', NULL, 1, 10, '10 1', 'sent', '2026-05-14 07:01:00+00', 1, '2026-05-14 07:01:00+00', '1778742060.000001', NULL, false),
	(83, 'digest|11|1', 'post', 'T0LOCAL001', NULL, 'C00000007', 'digest', NULL, 7, 10, '11 1', 'dead', '2026-05-14 07:01:00+00', 1, NULL, NULL, 'msg_too_long', false),
	(84, 'digest|12|1', 'post', 'T0LOCAL001', NULL, 'C00000008', 'digest', NULL, 7, 10, '12 1', 'sent', '2026-05-14 07:01:00+00', 1, '2026-05-14 07:01:00+00', '1778742060.000002', NULL, false),
	(89, 'refresh|T0LOCAL001|C00000005|pier|11', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'pier', 10, 11, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778504400.000002', NULL, false),
	(92, 'edit|25|11', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 11, '25', 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778504400.000001', NULL, false),
	(86, 'change|T0LOCAL001|C00000004|pier|11', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'pier', 10, 11, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778781601.000001', NULL, false),
	(87, 'parent|T0LOCAL001|C00000005|pier|11', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'pier', 10, 11, NULL, 'void', '2026-05-14 18:00:00+00', 0, NULL, NULL, NULL, false),
	(88, 'change|T0LOCAL001|C00000005|pier|11', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'pier', 10, 11, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778781601.000002', NULL, false),
	(90, 'change|T0LOCAL001|C00000012|pier|11', 'post', 'T0LOCAL001', NULL, 'C00000012', 'change', 'pier', 10, 11, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778781601.000003', NULL, false),
	(91, 'change|T0LOCAL001|C00000016|pier|11', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'pier', 10, 11, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778781601.000004', NULL, false),
	(132, 'notice|T0LOCAL001|C00000009|U00000001|2026-05-14T18:00:00+00:00', 'post', 'T0LOCAL001', NULL, 'U00000001', 'notice', NULL, NULL, NULL, 'C00000009 removed', 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778781601.000006', NULL, false),
	(133, 'notice|T0LOCAL001|C00000009|U00000002|2026-05-14T18:00:00+00:00', 'post', 'T0LOCAL001', NULL, 'U00000002', 'notice', NULL, NULL, NULL, 'C00000009 removed', 'unknown', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', NULL, NULL, false),
	(85, 'digest|10|2', 'post', 'T0LOCAL001', NULL, 'C00000006', 'digest', NULL, 1, 10, '10 2', 'pending', '2026-05-14 18:00:07.1+00', 3, NULL, NULL, 'http_503', false),
	(93, 'note|25|11', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 11, '25', 'pending', '2026-05-14 18:00:06.2+00', 1, NULL, NULL, 'http_503', false),
	(149, 'digest|15|1', 'post', 'T0LOCAL001', NULL, 'C00000007', 'digest', NULL, 7, 15, '15 1', 'superseded', '2026-05-15 06:31:00+00', 0, NULL, NULL, NULL, false),
	(150, 'digest|16|1', 'post', 'T0LOCAL001', NULL, 'C00000008', 'digest', NULL, 10, 15, '16 1', 'paused', '2026-05-15 06:31:00+00', 0, NULL, NULL, 'archived', false),
	(69, 'refresh|T0LOCAL001|C00000005|ferries|10', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'ferries', 9, 10, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778493600.000002', NULL, false),
	(75, 'edit|1|10', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 10, '1', 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778490042.000001', NULL, false),
	(77, 'edit|6|10', 'update', 'T0LOCAL001', NULL, 'C00000009', 'edit', NULL, NULL, 10, '6', 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778490050.000002', NULL, false),
	(79, 'edit|7|10', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 10, '7', 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778490051.000001', NULL, false),
	(70, 'change|T0LOCAL001|C00000008|ferries|10', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'ferries', 9, 10, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778684401.000002', NULL, false),
	(71, 'change|T0LOCAL001|C00000009|ferries|10', 'post', 'T0LOCAL001', NULL, 'C00000009', 'change', 'ferries', 9, 10, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778684401.000003', NULL, false),
	(72, 'change|T0LOCAL001|C00000012|ferries|10', 'post', 'T0LOCAL001', NULL, 'C00000012', 'change', 'ferries', 9, 10, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:01+00', '1778684401.000004', NULL, false),
	(67, 'parent|T0LOCAL001|C00000005|ferries|10', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'ferries', 9, 10, NULL, 'void', '2026-05-13 15:00:00+00', 0, NULL, NULL, NULL, false),
	(68, 'change|T0LOCAL001|C00000005|ferries|10', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'ferries', 9, 10, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:02.05+00', '1778684402.000002', NULL, false);
INSERT INTO public.delivery VALUES
	(73, 'change|T0LOCAL001|C00000016|ferries|10', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'ferries', 9, 10, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:02.05+00', '1778684402.000003', NULL, false),
	(78, 'note|6|10', 'post', 'T0LOCAL001', NULL, 'C00000009', 'note', NULL, NULL, 10, '6', 'sent', '2026-05-13 15:00:01+00', 1, '2026-05-13 15:00:02.05+00', '1778684402.000004', NULL, false),
	(76, 'note|1|10', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 10, '1', 'dead', '2026-05-13 15:00:01+00', 1, NULL, NULL, 'msg_too_long', false),
	(80, 'note|7|10', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 10, '7', 'dead', '2026-05-13 15:00:01+00', 1, NULL, NULL, 'msg_too_long', false),
	(74, 'change|T0NEXT001|C00000002|ferries|10', 'post', 'T0NEXT001', NULL, 'C00000002', 'change', 'ferries', 9, 10, NULL, 'sent', '2026-05-13 15:00:00+00', 1, '2026-05-13 15:00:04.15+00', '1778684404.000001', NULL, false),
	(110, 'refresh|T0LOCAL001|C00000008|quay|12', 'update', 'T0LOCAL001', NULL, 'C00000008', 'refresh', 'quay', 11, 12, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778580000.000003', NULL, false),
	(108, 'parent|T0LOCAL001|C00000008|quay|12', 'post', 'T0LOCAL001', NULL, 'C00000008', 'parent', 'quay', 11, 12, NULL, 'void', '2026-05-14 18:00:00+00', 0, NULL, NULL, NULL, false),
	(109, 'change|T0LOCAL001|C00000008|quay|12', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'quay', 11, 12, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778781601.000005', NULL, false),
	(125, 'notice|T0LOCAL001|C00000010|U00000017|2026-05-14T18:00:00+00:00', 'post', 'T0LOCAL001', NULL, 'U00000017', 'notice', NULL, NULL, NULL, 'C00000010 renamed', 'dead', '2026-05-14 18:00:00+00', 1, NULL, NULL, 'user_not_found', false),
	(134, 'digest|14|1', 'post', 'T0LOCAL001', NULL, 'C00000014', 'digest', NULL, 8, 10, '14 1', 'unknown', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', NULL, NULL, false),
	(104, 'change|T0LOCAL001|C00000004|quay|12', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'quay', 11, 12, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:02.05+00', '1778781602.000001', NULL, false),
	(105, 'parent|T0LOCAL001|C00000005|quay|12', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'quay', 11, 12, NULL, 'void', '2026-05-14 18:00:00+00', 0, NULL, NULL, NULL, false),
	(106, 'change|T0LOCAL001|C00000005|quay|12', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'quay', 11, 12, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:02.05+00', '1778781602.000002', NULL, false),
	(111, 'change|T0LOCAL001|C00000010|quay|12', 'post', 'T0LOCAL001', NULL, 'C00000010', 'change', 'quay', 11, 12, NULL, 'superseded', '2026-05-14 18:00:00+00', 0, NULL, NULL, 'renamed', false),
	(173, 'change|T0LOCAL001|C00000004|ferries|18', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'ferries', 15, 18, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(174, 'parent|T0LOCAL001|C00000005|ferries|18', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'ferries', 15, 18, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(175, 'change|T0LOCAL001|C00000005|ferries|18', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'ferries', 15, 18, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(176, 'refresh|T0LOCAL001|C00000005|ferries|18', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'ferries', 15, 18, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(177, 'change|T0LOCAL001|C00000008|ferries|18', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'ferries', 15, 18, NULL, 'paused', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(178, 'change|T0LOCAL001|C00000009|ferries|18', 'post', 'T0LOCAL001', NULL, 'C00000009', 'change', 'ferries', 12, 18, NULL, 'paused', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(179, 'change|T0LOCAL001|C00000012|ferries|18', 'post', 'T0LOCAL001', NULL, 'C00000012', 'change', 'ferries', 15, 18, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(180, 'change|T0LOCAL001|C00000016|ferries|18', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'ferries', 15, 18, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(181, 'change|T0NEXT001|C00000002|ferries|18', 'post', 'T0NEXT001', NULL, 'C00000002', 'change', 'ferries', 12, 18, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(107, 'refresh|T0LOCAL001|C00000005|quay|12', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'quay', 11, 12, NULL, 'unknown', '2026-05-14 18:00:00+00', 2, '2026-05-15 07:31:32+00', NULL, NULL, false),
	(122, 'note|2|13', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 13, '2', 'waiting', '2026-05-14 18:00:00+00', 0, NULL, NULL, NULL, false),
	(117, 'parent|T0LOCAL001|C00000009|ferries|13', 'post', 'T0LOCAL001', NULL, 'C00000009', 'parent', 'ferries', 12, 13, NULL, 'paused', '2026-05-14 18:00:00+00', 0, NULL, NULL, 'removed', false),
	(119, 'refresh|T0LOCAL001|C00000009|ferries|13', 'update', 'T0LOCAL001', NULL, 'C00000009', 'refresh', 'ferries', 12, 13, NULL, 'paused', '2026-05-14 18:00:00+00', 0, NULL, NULL, 'removed', false),
	(94, 'edit|26|11', 'update', 'T0LOCAL001', NULL, 'C00000016', 'edit', NULL, NULL, 11, '26', 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778504400.000003', NULL, false),
	(96, 'edit|27|11', 'update', 'T0LOCAL001', NULL, 'C00000005', 'edit', NULL, NULL, 11, '27', 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778504401.000001', NULL, false),
	(98, 'edit|30|11', 'update', 'T0LOCAL001', NULL, 'C00000007', 'edit', NULL, NULL, 11, '30', 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778567461.000001', NULL, false),
	(100, 'edit|40|11', 'update', 'T0LOCAL001', NULL, 'C00000005', 'edit', NULL, NULL, 11, '40', 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778684401.000001', NULL, false),
	(102, 'edit|48|11', 'update', 'T0LOCAL001', NULL, 'C00000006', 'edit', NULL, NULL, 11, '48', 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778742060.000001', NULL, false),
	(115, 'refresh|T0LOCAL001|C00000005|ferries|13', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'ferries', 12, 13, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:01+00', '1778493600.000002', NULL, false),
	(99, 'note|30|11', 'post', 'T0LOCAL001', NULL, 'C00000007', 'note', NULL, NULL, 11, '30', 'sent', '2026-05-14 18:00:01+00', 1, '2026-05-14 18:00:01+00', '1778781601.000009', NULL, false),
	(103, 'note|48|11', 'post', 'T0LOCAL001', NULL, 'C00000006', 'note', NULL, NULL, 11, '48', 'sent', '2026-05-14 18:00:01+00', 1, '2026-05-14 18:00:01+00', '1778781601.000010', NULL, false),
	(116, 'change|T0LOCAL001|C00000008|ferries|13', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'ferries', 12, 13, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:02.05+00', '1778781602.000003', NULL, false),
	(112, 'change|T0LOCAL001|C00000004|ferries|13', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'ferries', 12, 13, NULL, 'unknown', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:03.1+00', NULL, NULL, false),
	(113, 'parent|T0LOCAL001|C00000005|ferries|13', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'ferries', 12, 13, NULL, 'void', '2026-05-14 18:00:00+00', 0, NULL, NULL, NULL, false),
	(114, 'change|T0LOCAL001|C00000005|ferries|13', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'ferries', 12, 13, NULL, 'sent', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:03.1+00', '1778781603.000002', NULL, false),
	(124, 'note|5|13', 'post', 'T0LOCAL001', NULL, 'C00000008', 'note', NULL, NULL, 13, '5', 'unknown', '2026-05-14 18:00:00+00', 1, '2026-05-14 18:00:03.1+00', NULL, NULL, false),
	(95, 'note|26|11', 'post', 'T0LOCAL001', NULL, 'C00000016', 'note', NULL, NULL, 11, '26', 'sent', '2026-05-14 18:00:01+00', 1, '2026-05-14 18:00:03.1+00', '1778781603.000003', NULL, false),
	(123, 'note|3|13', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 13, '3', 'pending', '2026-05-14 18:00:05.15+00', 1, NULL, NULL, 'http_503', false),
	(97, 'note|27|11', 'post', 'T0LOCAL001', NULL, 'C00000005', 'note', NULL, NULL, 11, '27', 'sent', '2026-05-14 18:00:01+00', 1, '2026-05-14 18:00:05.2+00', '1778781605.000001', NULL, false),
	(101, 'note|40|11', 'post', 'T0LOCAL001', NULL, 'C00000005', 'note', NULL, NULL, 11, '40', 'sent', '2026-05-14 18:00:01+00', 1, '2026-05-14 18:00:06.25+00', '1778781606.000001', NULL, false),
	(118, 'change|T0LOCAL001|C00000009|ferries|13', 'post', 'T0LOCAL001', NULL, 'C00000009', 'change', 'ferries', 12, 13, NULL, 'superseded', '2026-05-14 18:00:00+00', 0, NULL, NULL, 'removed', false),
	(120, 'change|T0NEXT001|C00000002|ferries|13', 'post', 'T0NEXT001', NULL, 'C00000002', 'change', 'ferries', 12, 13, NULL, 'superseded', '2026-05-14 18:00:07+00', 1, NULL, NULL, 'invalid_auth', false),
	(121, 'edit|2|13', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 13, '2', 'unknown', '2026-05-14 18:00:00+00', 2, '2026-05-15 07:31:32+00', NULL, NULL, false),
	(137, 'change|T0LOCAL001|C00000005|quay|15', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'quay', 14, 15, NULL, 'pending', '2026-05-14 18:00:07+00', 0, NULL, NULL, NULL, false),
	(142, 'change|T0LOCAL001|C00000010|quay|15', 'post', 'T0LOCAL001', NULL, 'C00000010', 'change', 'quay', 11, 15, NULL, 'paused', '2026-05-14 18:00:07+00', 0, NULL, NULL, NULL, false),
	(144, 'note|54|15', 'post', 'T0LOCAL001', NULL, 'C00000008', 'note', NULL, NULL, 15, '54', 'waiting', '2026-05-14 18:00:07+00', 0, NULL, NULL, NULL, false),
	(146, 'note|55|15', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 15, '55', 'waiting', '2026-05-14 18:00:07+00', 0, NULL, NULL, NULL, false),
	(147, 'edit|56|15', 'update', 'T0LOCAL001', NULL, 'C00000005', 'edit', NULL, NULL, 15, '56', 'pending', '2026-05-14 18:00:07+00', 0, NULL, NULL, NULL, false),
	(148, 'note|56|15', 'post', 'T0LOCAL001', NULL, 'C00000005', 'note', NULL, NULL, 15, '56', 'waiting', '2026-05-14 18:00:07+00', 0, NULL, NULL, NULL, false),
	(153, 'digest|21|1', 'post', 'T0LOCAL001', NULL, 'C00000007', 'digest', NULL, 7, 15, '21 1', 'pending', '2026-05-15 07:31:00+00', 0, NULL, NULL, NULL, false),
	(139, 'parent|T0LOCAL001|C00000008|quay|15', 'post', 'T0LOCAL001', NULL, 'C00000008', 'parent', 'quay', 14, 15, NULL, 'paused', '2026-05-14 18:00:07+00', 0, NULL, NULL, 'archived', false),
	(140, 'change|T0LOCAL001|C00000008|quay|15', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'quay', 14, 15, NULL, 'paused', '2026-05-14 18:00:07+00', 0, NULL, NULL, 'archived', false),
	(141, 'refresh|T0LOCAL001|C00000008|quay|15', 'update', 'T0LOCAL001', NULL, 'C00000008', 'refresh', 'quay', 14, 15, NULL, 'paused', '2026-05-14 18:00:07+00', 0, NULL, NULL, 'archived', false),
	(143, 'edit|54|15', 'update', 'T0LOCAL001', NULL, 'C00000008', 'edit', NULL, NULL, 15, '54', 'paused', '2026-05-14 18:00:07+00', 0, NULL, NULL, 'archived', false),
	(138, 'refresh|T0LOCAL001|C00000005|quay|15', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'quay', 14, 15, NULL, 'unknown', '2026-05-14 18:00:07+00', 1, '2026-05-15 07:31:32+00', NULL, NULL, false),
	(145, 'edit|55|15', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 15, '55', 'pending', '2026-05-15 07:33:32+00', 1, NULL, NULL, 'ratelimited', false),
	(152, 'digest|20|1', 'post', 'T0LOCAL001', NULL, 'C00000003', 'digest', NULL, 7, 15, '20 1', 'pending', '2026-05-15 07:31:00+00', 0, NULL, NULL, NULL, false),
	(151, 'digest|19|1', 'post', 'T0LOCAL001', NULL, 'C00000007', 'digest', NULL, 7, 15, '19 1', 'superseded', '2026-05-15 07:31:00+00', 0, NULL, NULL, NULL, false),
	(164, 'parent|T0LOCAL001|C00000005|ferries|17', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'ferries', 15, 17, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(166, 'refresh|T0LOCAL001|C00000005|ferries|17', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'ferries', 15, 17, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(168, 'change|T0LOCAL001|C00000009|ferries|17', 'post', 'T0LOCAL001', NULL, 'C00000009', 'change', 'ferries', 12, 17, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(167, 'change|T0LOCAL001|C00000008|ferries|17', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'ferries', 15, 17, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, 'archived', false),
	(163, 'change|T0LOCAL001|C00000004|ferries|17', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'ferries', 15, 17, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(165, 'change|T0LOCAL001|C00000005|ferries|17', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'ferries', 15, 17, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(169, 'change|T0LOCAL001|C00000012|ferries|17', 'post', 'T0LOCAL001', NULL, 'C00000012', 'change', 'ferries', 15, 17, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(170, 'change|T0LOCAL001|C00000016|ferries|17', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'ferries', 15, 17, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(171, 'change|T0NEXT001|C00000002|ferries|17', 'post', 'T0NEXT001', NULL, 'C00000002', 'change', 'ferries', 12, 17, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(155, 'parent|T0LOCAL001|C00000005|ferries|16', 'post', 'T0LOCAL001', NULL, 'C00000005', 'parent', 'ferries', 15, 16, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(157, 'refresh|T0LOCAL001|C00000005|ferries|16', 'update', 'T0LOCAL001', NULL, 'C00000005', 'refresh', 'ferries', 15, 16, NULL, 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(159, 'change|T0LOCAL001|C00000009|ferries|16', 'post', 'T0LOCAL001', NULL, 'C00000009', 'change', 'ferries', 12, 16, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(154, 'change|T0LOCAL001|C00000004|ferries|16', 'post', 'T0LOCAL001', NULL, 'C00000004', 'change', 'ferries', 15, 16, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(156, 'change|T0LOCAL001|C00000005|ferries|16', 'post', 'T0LOCAL001', NULL, 'C00000005', 'change', 'ferries', 15, 16, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(158, 'change|T0LOCAL001|C00000008|ferries|16', 'post', 'T0LOCAL001', NULL, 'C00000008', 'change', 'ferries', 15, 16, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(160, 'change|T0LOCAL001|C00000012|ferries|16', 'post', 'T0LOCAL001', NULL, 'C00000012', 'change', 'ferries', 15, 16, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(161, 'change|T0LOCAL001|C00000016|ferries|16', 'post', 'T0LOCAL001', NULL, 'C00000016', 'change', 'ferries', 15, 16, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(162, 'change|T0NEXT001|C00000002|ferries|16', 'post', 'T0NEXT001', NULL, 'C00000002', 'change', 'ferries', 12, 16, NULL, 'superseded', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(172, 'notice|T0LOCAL001|C00000008|U00000001|2026-05-15T07:31:01+00:00', 'post', 'T0LOCAL001', NULL, 'U00000001', 'notice', NULL, NULL, NULL, 'C00000008 archived', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(182, 'edit|1|18', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 18, '1', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(183, 'note|1|18', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 18, '1', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(184, 'edit|6|18', 'update', 'T0LOCAL001', NULL, 'C00000009', 'edit', NULL, NULL, 18, '6', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(185, 'note|6|18', 'post', 'T0LOCAL001', NULL, 'C00000009', 'note', NULL, NULL, 18, '6', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(186, 'edit|7|18', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 18, '7', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(187, 'note|7|18', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 18, '7', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(188, 'edit|41|18', 'update', 'T0LOCAL001', NULL, 'C00000008', 'edit', NULL, NULL, 18, '41', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(189, 'note|41|18', 'post', 'T0LOCAL001', NULL, 'C00000008', 'note', NULL, NULL, 18, '41', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(190, 'edit|42|18', 'update', 'T0LOCAL001', NULL, 'C00000009', 'edit', NULL, NULL, 18, '42', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(191, 'note|42|18', 'post', 'T0LOCAL001', NULL, 'C00000009', 'note', NULL, NULL, 18, '42', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(192, 'edit|43|18', 'update', 'T0LOCAL001', NULL, 'C00000012', 'edit', NULL, NULL, 18, '43', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(193, 'note|43|18', 'post', 'T0LOCAL001', NULL, 'C00000012', 'note', NULL, NULL, 18, '43', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(194, 'edit|44|18', 'update', 'T0LOCAL001', NULL, 'C00000004', 'edit', NULL, NULL, 18, '44', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(195, 'note|44|18', 'post', 'T0LOCAL001', NULL, 'C00000004', 'note', NULL, NULL, 18, '44', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(196, 'edit|45|18', 'update', 'T0LOCAL001', NULL, 'C00000005', 'edit', NULL, NULL, 18, '45', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(197, 'note|45|18', 'post', 'T0LOCAL001', NULL, 'C00000005', 'note', NULL, NULL, 18, '45', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(198, 'edit|46|18', 'update', 'T0LOCAL001', NULL, 'C00000016', 'edit', NULL, NULL, 18, '46', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(199, 'note|46|18', 'post', 'T0LOCAL001', NULL, 'C00000016', 'note', NULL, NULL, 18, '46', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(200, 'edit|47|18', 'update', 'T0NEXT001', NULL, 'C00000002', 'edit', NULL, NULL, 18, '47', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false);
INSERT INTO public.delivery VALUES
	(201, 'note|47|18', 'post', 'T0NEXT001', NULL, 'C00000002', 'note', NULL, NULL, 18, '47', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(202, 'edit|48|18', 'update', 'T0LOCAL001', NULL, 'C00000006', 'edit', NULL, NULL, 18, '48', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(203, 'note|48|18', 'post', 'T0LOCAL001', NULL, 'C00000006', 'note', NULL, NULL, 18, '48', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(204, 'edit|49|18', 'update', 'T0LOCAL001', NULL, 'C00000008', 'edit', NULL, NULL, 18, '49', 'pending', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false),
	(205, 'note|49|18', 'post', 'T0LOCAL001', NULL, 'C00000008', 'note', NULL, NULL, 18, '49', 'waiting', '2026-05-15 07:31:01+00', 0, NULL, NULL, NULL, false);
INSERT INTO public.digest VALUES
	(1, 'T0LOCAL001', NULL, 'C00000007', '2026-05-12 06:30:00+00', '2026-05-11 09:00:21+00', 1, 7, 'owed', '{"since":"2026-05-11T09:00:21Z","until":"2026-05-12T06:30:00Z","base":1,"publication":7,"zone":"Europe/Berlin","wishes":[{"target":{"brief":null,"section":null,"tag":null},"filters":[{"field":"kind","value":"evidence","exclude":true}],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows all (#5) · daily 08:30 Europe/Berlin (digest #2), weekly friday 16:00 Asia/Tokyo (digest #3) · /brief digest off ends it"}'),
	(2, 'T0LOCAL001', NULL, 'C00000008', '2026-05-12 06:00:00+00', '2026-05-11 09:00:25+00', 1, 7, 'owed', '{"since":"2026-05-11T09:00:25Z","until":"2026-05-12T06:00:00Z","base":1,"publication":7,"zone":"Europe/Berlin","wishes":[{"target":{"brief":null,"section":null,"tag":"transport"},"filters":[],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows tag:transport (#7) · daily 08:00 Europe/Berlin (digest #4) · /brief digest off ends it"}'),
	(3, 'T0NEXT001', NULL, 'C00000002', '2026-05-12 06:00:00+00', '2026-05-11 09:00:40+00', 1, 7, 'owed', '{"since":"2026-05-11T09:00:40Z","until":"2026-05-12T06:00:00Z","base":1,"publication":7,"zone":"Europe/Berlin","wishes":[{"target":{"brief":"lighthouse","section":null,"tag":null},"filters":[],"deliver":"digest"}],"overdue":[],"report":null,"because":"Posted because this channel follows lighthouse (#19) · weekdays 08:00 Europe/Berlin (digest #6) · /brief digest off ends it"}'),
	(4, 'T0LOCAL001', NULL, 'C00000003', '2026-05-12 07:30:00+00', '2026-05-11 09:00:38+00', 1, 7, 'owed', '{"since":"2026-05-11T09:00:38Z","until":"2026-05-12T07:30:00Z","base":1,"publication":7,"zone":"Europe/Berlin","wishes":[],"overdue":[],"report":{"reviews":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"unverified":[],"questions":[["zebra crossing",2],["helf",1],["legl ferries",1],["nonesuch nothing",1],["purple rain",1]],"failed":[["edit_window_closed",2]]},"because":"Posted because this is the maintainers'' channel · daily 09:30 Europe/Berlin (digest #5) · /brief digest off ends it"}'),
	(5, 'T0LOCAL001', NULL, 'C00000007', '2026-05-13 06:30:00+00', '2026-05-12 06:30:00+00', 7, 7, 'skipped', NULL),
	(6, 'T0LOCAL001', NULL, 'C00000008', '2026-05-13 06:00:00+00', '2026-05-12 06:00:00+00', 7, 7, 'skipped', NULL),
	(7, 'T0LOCAL001', NULL, 'C00000003', '2026-05-13 07:30:00+00', '2026-05-12 07:30:00+00', 7, 7, 'skipped', NULL),
	(8, 'T0NEXT001', NULL, 'C00000002', '2026-05-13 06:00:00+00', '2026-05-12 06:00:00+00', 7, 7, 'skipped', NULL),
	(9, 'T0LOCAL001', NULL, 'C00000014', '2026-05-13 15:00:00+00', '2026-05-11 09:00:37+00', 1, 8, 'owed', '{"since":"2026-05-11T09:00:37Z","until":"2026-05-13T15:00:00Z","base":1,"publication":8,"zone":"UTC","wishes":[{"target":{"brief":"ferries","section":null,"tag":null},"filters":[],"deliver":"digest"}],"overdue":[],"report":null,"because":"Posted because this channel follows ferries (#17)"}'),
	(10, 'T0LOCAL001', NULL, 'C00000006', '2026-05-14 07:00:00+00', '2026-05-11 09:00:19+00', 1, 10, 'owed', '{"since":"2026-05-11T09:00:19Z","until":"2026-05-14T07:00:00Z","base":1,"publication":10,"zone":"Europe/Berlin","wishes":[{"target":{"brief":null,"section":null,"tag":null},"filters":[],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows all (#4) · weekly thursday 09:00 Europe/Berlin (digest #1) · /brief digest off ends it"}'),
	(11, 'T0LOCAL001', NULL, 'C00000007', '2026-05-14 06:30:00+00', '2026-05-12 06:30:00+00', 7, 10, 'owed', '{"since":"2026-05-12T06:30:00Z","until":"2026-05-14T06:30:00Z","base":7,"publication":10,"zone":"Europe/Berlin","wishes":[{"target":{"brief":null,"section":null,"tag":null},"filters":[{"field":"kind","value":"evidence","exclude":true}],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows all (#5) · daily 08:30 Europe/Berlin (digest #2), weekly friday 16:00 Asia/Tokyo (digest #3) · /brief digest off ends it"}'),
	(12, 'T0LOCAL001', NULL, 'C00000008', '2026-05-14 06:00:00+00', '2026-05-12 06:00:00+00', 7, 10, 'owed', '{"since":"2026-05-12T06:00:00Z","until":"2026-05-14T06:00:00Z","base":7,"publication":10,"zone":"Europe/Berlin","wishes":[{"target":{"brief":null,"section":null,"tag":"transport"},"filters":[],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows tag:transport (#7) · daily 08:00 Europe/Berlin (digest #4) · /brief digest off ends it"}'),
	(13, 'T0NEXT001', NULL, 'C00000002', '2026-05-14 06:00:00+00', '2026-05-12 06:00:00+00', 7, 10, 'empty', NULL),
	(14, 'T0LOCAL001', NULL, 'C00000014', '2026-05-14 18:00:00+00', '2026-05-13 15:00:00+00', 8, 10, 'owed', '{"since":"2026-05-13T15:00:00Z","until":"2026-05-14T18:00:00Z","base":8,"publication":10,"zone":"UTC","wishes":[{"target":{"brief":"ferries","section":null,"tag":null},"filters":[],"deliver":"digest"}],"overdue":[],"report":null,"because":"Posted because this channel follows ferries (#17)"}'),
	(15, 'T0LOCAL001', NULL, 'C00000007', '2026-05-15 06:30:00+00', '2026-05-12 06:30:00+00', 7, 15, 'owed', '{"since":"2026-05-12T06:30:00Z","until":"2026-05-15T06:30:00Z","base":7,"publication":15,"zone":"Europe/Berlin","wishes":[{"target":{"brief":null,"section":null,"tag":null},"filters":[{"field":"kind","value":"evidence","exclude":true}],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows all (#5) · daily 08:30 Europe/Berlin (digest #2), weekly friday 16:00 Asia/Tokyo (digest #3) · /brief digest off ends it"}'),
	(16, 'T0LOCAL001', NULL, 'C00000008', '2026-05-15 06:00:00+00', '2026-05-14 06:00:00+00', 10, 15, 'owed', '{"since":"2026-05-14T06:00:00Z","until":"2026-05-15T06:00:00Z","base":10,"publication":15,"zone":"Europe/Berlin","wishes":[{"target":{"brief":null,"section":null,"tag":"transport"},"filters":[],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows tag:transport (#7) · daily 08:00 Europe/Berlin (digest #4) · /brief digest off ends it"}'),
	(17, 'T0LOCAL001', NULL, 'C00000003', '2026-05-14 07:30:00+00', '2026-05-12 07:30:00+00', 7, 7, 'skipped', NULL),
	(18, 'T0NEXT001', NULL, 'C00000002', '2026-05-15 06:00:00+00', '2026-05-14 06:00:00+00', 10, 15, 'empty', NULL),
	(19, 'T0LOCAL001', NULL, 'C00000007', '2026-05-15 07:00:00+00', '2026-05-12 06:30:00+00', 7, 15, 'owed', '{"since":"2026-05-12T06:30:00Z","until":"2026-05-15T07:00:00Z","base":7,"publication":15,"zone":"Asia/Tokyo","wishes":[{"target":{"brief":null,"section":null,"tag":null},"filters":[{"field":"kind","value":"evidence","exclude":true}],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows all (#5) · daily 08:30 Europe/Berlin (digest #2), weekly friday 16:00 Asia/Tokyo (digest #3) · /brief digest off ends it"}'),
	(20, 'T0LOCAL001', NULL, 'C00000003', '2026-05-15 07:30:00+00', '2026-05-12 07:30:00+00', 7, 15, 'owed', '{"since":"2026-05-12T07:30:00Z","until":"2026-05-15T07:30:00Z","base":7,"publication":15,"zone":"Europe/Berlin","wishes":[],"overdue":[],"report":{"reviews":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"unverified":[],"questions":[],"failed":[["msg_too_long",3],["msg_blocks_too_long",1],["user_not_found",1]]},"because":"Posted because this is the maintainers'' channel · daily 09:30 Europe/Berlin (digest #5) · /brief digest off ends it"}'),
	(21, 'T0LOCAL001', NULL, 'C00000007', '2026-05-15 07:31:00+00', '2026-05-12 06:30:00+00', 7, 15, 'owed', '{"since":"2026-05-12T06:30:00Z","until":"2026-05-15T07:31:00Z","base":7,"publication":15,"zone":"Europe/Berlin","wishes":[{"target":{"brief":null,"section":null,"tag":null},"filters":[{"field":"kind","value":"evidence","exclude":true}],"deliver":"digest"}],"overdue":[{"slug":"harbour","title":"The harbour in winter","due":"2026-01-15","owner":"local-desk"}],"report":null,"because":"Posted because this channel follows all (#5) · daily 08:30 Europe/Berlin (digest #2), weekly friday 16:00 Asia/Tokyo (digest #3) · /brief digest off ends it"}');
INSERT INTO public.digest_calendar VALUES
	(1, 'T0LOCAL001', NULL, 'C00000006', '2026-05-14 07:00:00+00', 10, '2026-05-14 07:01:00+00', '2026-05-21 07:00:00+00', '2026f'),
	(8, 'T0LOCAL001', NULL, 'C00000014', '2026-05-14 18:00:00+00', 10, '2026-05-14 18:00:00+00', NULL, NULL),
	(6, 'T0LOCAL001', NULL, 'C00000008', '2026-05-15 06:00:00+00', 15, '2026-05-15 06:31:00+00', '2026-05-16 06:00:00+00', '2026f'),
	(10, 'T0NEXT001', NULL, 'C00000002', '2026-05-15 06:00:00+00', 15, '2026-05-15 06:31:00+00', '2026-05-18 06:00:00+00', '2026f'),
	(9, 'T0LOCAL001', NULL, 'C00000003', '2026-05-15 07:30:00+00', 15, '2026-05-15 07:31:00+00', '2026-05-16 07:30:00+00', '2026f'),
	(3, 'T0LOCAL001', NULL, 'C00000007', '2026-05-15 07:31:00+00', 15, '2026-05-15 07:31:00+00', '2026-05-16 06:30:00+00', '2026f'),
	(15, 'T0LOCAL001', NULL, 'C00000015', '2026-05-15 07:31:16+00', 18, '2026-05-15 07:31:32+00', '2026-05-21 22:15:00+00', '2026f');
INSERT INTO public.digest_schedule VALUES
	(1, 'T0LOCAL001', NULL, 'C00000006', 'weekly thursday 09:00 Europe/Berlin', 'U00000001', '2026-05-11 09:00:20+00'),
	(2, 'T0LOCAL001', NULL, 'C00000007', 'daily 08:30 Europe/Berlin', 'U00000001', '2026-05-11 09:00:22+00'),
	(3, 'T0LOCAL001', NULL, 'C00000007', 'weekly friday 16:00 Asia/Tokyo', 'U00000002', '2026-05-11 09:00:23+00'),
	(4, 'T0LOCAL001', NULL, 'C00000008', 'daily 08:00 Europe/Berlin', 'U00000001', '2026-05-11 09:00:27+00'),
	(5, 'T0LOCAL001', NULL, 'C00000003', 'daily 09:30 Europe/Berlin', 'U00000001', '2026-05-11 09:00:38+00'),
	(6, 'T0NEXT001', NULL, 'C00000002', 'weekdays 08:00 Europe/Berlin', 'U00000001', '2026-05-11 09:00:40+00'),
	(8, 'T0LOCAL001', NULL, 'C00000015', 'weekly friday 07:15 Asia/Tokyo', 'U00000001', '2026-05-15 07:31:32+00');
INSERT INTO public.gate VALUES
	('T0LOCAL001', 'chat.update', '2026-05-15 07:33:32+00');
INSERT INTO public.lane VALUES
	('post', 'T0NEXT001', 4, 7, '2026-05-15 07:31:01+00'),
	('update', 'T0LOCAL001', 15, 22, '2026-05-15 07:33:32+00'),
	('post', 'T0LOCAL001', 30, 48, '2026-05-15 07:31:32+00'),
	('update', 'T0NEXT001', 0, 1, '2026-05-15 07:31:01+00');
INSERT INTO public.live_thread VALUES
	('T0LOCAL001', NULL, 'C00000005', 'ferries', '1778493600.000002'),
	('T0LOCAL001', NULL, 'C00000009', 'ferries', '1778493600.000004'),
	('T0LOCAL001', NULL, 'C00000005', 'harbour', '1778497200.000002'),
	('T0LOCAL001', NULL, 'C00000005', 'lighthouse', '1778500803.000002'),
	('T0LOCAL001', NULL, 'C00000005', 'pier', '1778504400.000002'),
	('T0LOCAL001', NULL, 'C00000005', 'quay', '1778580000.000002'),
	('T0LOCAL001', NULL, 'C00000008', 'quay', '1778580000.000003');
INSERT INTO public.parsed VALUES
	('a09653d0fa2ae953f7fb591c266bf5883de91df7acd32a1c1408a85692057ced', 'mole', 'ce4a06d5'),
	('7f89d02eca4be9e85b68a1d7a13f07bedc7b69f432a99f9409675607df659bb8', 'harbour', '7baca295'),
	('7427978dab6c864c30f550ea5cbc5bf78d038d0f3a24a1126c9d624281232da3', 'lighthouse', '56b64aba'),
	('7bfa1fbba02c96984e50cef0b5dbcd8c2fc9dec87d68f034b07c7a9487a96957', 'pier', '6f962ee8'),
	('1d892cd784e26ab4accb21e4d470cbbe1fa3f981098818858c3a4a3c6d707fa5', 'breakwater', 'dad7b5f7'),
	('c5b2527a8b7b465817661ba570ac779bab634cc4510c9597bc199b02a301c7cf', 'quay', '6cbc0dfe'),
	('ae556bf8988986119d4860bd43b5aa6565384cf680afcd84deb8deb1058437a6', 'ferries', '4b4984a5');
INSERT INTO public.publication VALUES
	(1, 0, '97cac1452e4d549b', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-11 09:00:00+00'),
	(2, 1, '047613ce6386aad1', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-11 10:00:00+00'),
	(3, 2, '9f22f5f5ecfe78af', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-11 11:00:00+00'),
	(4, 3, '23e6dd64104958cb', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-11 12:00:00+00'),
	(5, 4, 'a02744329d4c3ba2', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-11 12:00:02.05+00'),
	(6, 5, '19aef81020b39926', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-11 13:00:00+00'),
	(7, 6, '0feab2c79f9db37c', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-11 13:00:00+00'),
	(8, 7, '3333da29eff58e41', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-12 10:00:00+00'),
	(9, 8, 'e65cd3c130e40d7b', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-13 15:00:00+00'),
	(10, 9, '9e369ea1513df255', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-13 15:00:00+00'),
	(11, 10, 'e9dbf8742f764418', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-14 18:00:00+00'),
	(12, 11, 'ac9d84ccf4a94e83', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-14 18:00:00+00'),
	(13, 12, '5e31cf5017dd462c', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-14 18:00:00+00'),
	(14, 13, 'c145a1c0320a4b98', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-14 18:00:00+00'),
	(15, 14, '3b222a8b0a02b845', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-14 18:00:07+00'),
	(16, 15, 'ede2c699c1e3d806', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-15 07:31:01+00'),
	(17, 16, 'b69684e93170085c', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-15 07:31:01+00'),
	(18, 17, '6c7818409c04d661', '{"sections":{"overview":{"title":"Overview","aliases":[]},"legal":{"title":"Legal considerations","aliases":["law"]},"outlook":{"title":"Outlook","aliases":[]}},"lead":null,"edit_url":"https://github.com/harbour/briefs/edit/main"}', NULL, NULL, '2026-05-15 07:31:01+00');
INSERT INTO public.question VALUES
	('T0LOCAL001', '2026-05-11 09:00:56+00', 'nonesuch nothing', 1),
	('T0LOCAL001', '2026-05-11 09:00:56+00', 'legl ferries', 1),
	('T0LOCAL001', '2026-05-11 09:00:56+00', 'helf', 1),
	('T0LOCAL001', '2026-05-11 09:00:56+00', 'zebra crossing', 2),
	('T0LOCAL001', '2026-05-11 09:00:56+00', 'purple rain', 1),
	('T0LOCAL001', '2026-05-15 07:31:32+00', 'legl', 1),
	('T0LOCAL001', '2026-05-15 07:31:32+00', 'subscribtions', 1);
INSERT INTO public.seen_event VALUES
	('Ev0000000001', '2026-05-11 09:00:47+00'),
	('Ev0000000002', '2026-05-11 09:00:48+00'),
	('Ev0000000003', '2026-05-11 09:00:49+00'),
	('Ev0000000004', '2026-05-11 09:00:50+00'),
	('Ev0000000005', '2026-05-11 09:00:52+00'),
	('Ev0000000006', '2026-05-11 11:00:06.05+00'),
	('Ev0000000007', '2026-05-14 18:00:00+00'),
	('Ev0000000008', '2026-05-14 18:00:00+00'),
	('Ev0000000009', '2026-05-15 07:31:01+00'),
	('Ev0000000010', '2026-05-15 07:31:03+00'),
	('Ev0000000011', '2026-05-15 07:31:22+00');
INSERT INTO public.shown VALUES
	(1, 'T0LOCAL001', NULL, 'C00000004', '1778490042.000001', NULL, 1, '{"page": 1, "pages": 1, "by": "U00000001", "kind": "answer", "section": "legal"}', '2026-05-11 09:00:42+00', NULL),
	(2, 'T0LOCAL001', NULL, 'C00000004', '1778490044.000002', NULL, 1, '{"page": 1, "pages": 1, "by": "U00000001", "kind": "answer", "section": "overview"}', '2026-05-11 09:00:44+00', NULL),
	(4, 'T0LOCAL001', NULL, 'C00000004', '1778490048.000002', '1778490048.000001', 1, '{"page": 1, "pages": 1, "by": null, "kind": "hits", "section": null, "words": "charter obliges hear mole", "with_all": 0, "sections": ["legal", "legal"]}', '2026-05-11 09:00:48+00', NULL),
	(6, 'T0LOCAL001', NULL, 'C00000009', '1778490050.000002', '1778490050.000001', 1, '{"page": 1, "pages": 1, "by": null, "kind": "answer", "section": "legal"}', '2026-05-11 09:00:50+00', NULL),
	(7, 'T0LOCAL001', NULL, 'C00000004', '1778490051.000001', NULL, 1, '{"page": 1, "pages": 1, "by": "U00000001", "kind": "answer", "section": "legal"}', '2026-05-11 09:00:51+00', NULL),
	(3, 'T0LOCAL001', NULL, 'C00000004', '1778490047.000002', '1778490047.000001', 1, '{"page": 1, "pages": 1, "by": null, "kind": "answer", "section": "overview"}', '2026-05-11 09:00:47+00', 'edit_window_closed'),
	(5, 'T0LOCAL001', NULL, 'C00000008', '1778490049.000002', '1778490049.000001', 1, '{"page": 1, "pages": 1, "by": null, "kind": "answer", "section": "overview"}', '2026-05-11 09:00:49+00', 'edit_window_closed'),
	(8, 'T0LOCAL001', NULL, 'C00000004', '1778493600.000001', NULL, 2, '{"kind": "change", "slug": "ferries", "base": 1, "wishes": [["all", ""], ["tag:transport", "kind:correction"], ["ferries", ""]], "because": "Posted because this channel follows all (#1), tag:transport (#2) and ferries (#20) · /brief unsubscribe #n ends one"}', '2026-05-11 10:00:00+00', NULL),
	(9, 'T0LOCAL001', NULL, 'C00000008', '1778493600.000003', NULL, 2, '{"kind": "change", "slug": "ferries", "base": 1, "wishes": [["ferries", ""]], "because": "Posted because this channel follows ferries (#6) · /brief unsubscribe #6 ends it"}', '2026-05-11 10:00:00+00', NULL),
	(10, 'T0LOCAL001', NULL, 'C00000005', '1778493601.000001', '1778493600.000002', 2, '{"kind": "change", "slug": "ferries", "base": 1, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-11 10:00:01.05+00', NULL),
	(11, 'T0LOCAL001', NULL, 'C00000009', '1778493601.000002', NULL, 2, '{"kind": "change", "slug": "ferries", "base": 1, "wishes": [["ferries", ""]], "because": "Posted because this channel follows ferries (#9) · /brief unsubscribe #9 ends it"}', '2026-05-11 10:00:01.05+00', NULL),
	(12, 'T0NEXT001', NULL, 'C00000002', '1778493602.000001', NULL, 2, '{"kind": "change", "slug": "ferries", "base": 1, "wishes": [["ferries", ""]], "because": "Posted because this channel follows ferries (#18) · /brief unsubscribe #18 ends it"}', '2026-05-11 10:00:02.1+00', NULL),
	(13, 'T0LOCAL001', NULL, 'C00000004', '1778497200.000001', NULL, 3, '{"kind": "change", "slug": "harbour", "base": 2, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"}', '2026-05-11 11:00:00+00', NULL),
	(14, 'T0LOCAL001', NULL, 'C00000005', '1778497201.000001', '1778497200.000002', 3, '{"kind": "change", "slug": "harbour", "base": 2, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-11 11:00:01.05+00', NULL),
	(15, 'T0LOCAL001', NULL, 'C00000004', '1778497203.000002', NULL, 3, '{"page": 2, "pages": 2, "by": "U00000001", "kind": "answer", "section": "outlook"}', '2026-05-11 11:00:03.05+00', NULL),
	(16, 'T0LOCAL001', NULL, 'C00000004', '1778497206.000002', '1778497206.000001', 3, '{"page": 1, "pages": 2, "by": null, "kind": "hits", "section": null, "words": "winter boats", "with_all": 6, "sections": ["outlook", "outlook", "outlook", "outlook", "outlook"]}', '2026-05-11 11:00:06.05+00', NULL),
	(17, 'T0LOCAL001', NULL, 'C00000004', '1778500800.000001', NULL, 4, '{"kind": "change", "slug": "lighthouse", "base": 3, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"}', '2026-05-11 12:00:00+00', NULL),
	(18, 'T0LOCAL001', NULL, 'C00000013', '1778500800.000003', NULL, 4, '{"kind": "change", "slug": "lighthouse", "base": 3, "wishes": [["lighthouse", ""]], "because": "Posted because this channel follows lighthouse (#14) · /brief unsubscribe #14 ends it"}', '2026-05-11 12:00:00+00', NULL),
	(19, 'T0LOCAL001', NULL, 'C00000005', '1778500801.000001', '1778500800.000002', 4, '{"kind": "change", "slug": "lighthouse", "base": 3, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-11 12:00:01.05+00', NULL),
	(20, 'T0LOCAL001', NULL, 'C00000004', '1778500801.000002', NULL, 4, '{"page": 1, "pages": 1, "by": "U00000001", "kind": "answer", "section": "overview"}', '2026-05-11 12:00:01.05+00', NULL),
	(21, 'T0LOCAL001', NULL, 'C00000004', '1778500803.000001', NULL, 5, '{"kind": "change", "slug": "lighthouse", "base": 4, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"}', '2026-05-11 12:00:03.05+00', NULL),
	(22, 'T0LOCAL001', NULL, 'C00000012', '1778500803.000003', NULL, 5, '{"kind": "change", "slug": "lighthouse", "base": 4, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#13) · /brief unsubscribe #13 ends it"}', '2026-05-11 12:00:03.05+00', NULL),
	(23, 'T0LOCAL001', NULL, 'C00000016', '1778500803.000004', NULL, 5, '{"kind": "change", "slug": "lighthouse", "base": 4, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#16) · /brief unsubscribe #16 ends it"}', '2026-05-11 12:00:03.05+00', NULL),
	(24, 'T0LOCAL001', NULL, 'C00000005', '1778500804.000001', '1778500803.000002', 5, '{"kind": "change", "slug": "lighthouse", "base": 4, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-11 12:00:04.1+00', NULL),
	(25, 'T0LOCAL001', NULL, 'C00000004', '1778504400.000001', NULL, 7, '{"kind": "change", "slug": "pier", "base": 6, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"}', '2026-05-11 13:00:00+00', NULL),
	(26, 'T0LOCAL001', NULL, 'C00000016', '1778504400.000003', NULL, 7, '{"kind": "change", "slug": "pier", "base": 6, "wishes": [["pier", ""]], "because": "Posted because this channel follows pier (#15) · /brief unsubscribe #15 ends it"}', '2026-05-11 13:00:00+00', NULL),
	(27, 'T0LOCAL001', NULL, 'C00000005', '1778504401.000001', '1778504400.000002', 7, '{"kind": "change", "slug": "pier", "base": 6, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-11 13:00:01.05+00', NULL),
	(28, 'T0LOCAL001', NULL, 'C00000007', '1778567460.000001', NULL, 7, '{"kind": "digest", "plan": {"since": "2026-05-11T09:00:21Z", "until": "2026-05-12T06:30:00Z", "base": 1, "publication": 7, "zone": "Europe/Berlin", "wishes": [{"target": {"brief": null, "section": null, "tag": null}, "filters": [{"field": "kind", "value": "evidence", "exclude": true}], "deliver": "digest"}], "overdue": [{"slug": "harbour", "title": "The harbour in winter", "due": "2026-01-15", "owner": "local-desk"}], "report": null, "because": "Posted because this channel follows all (#5) · daily 08:30 Europe/Berlin (digest #2), weekly friday 16:00 Asia/Tokyo (digest #3) · /brief digest off ends it"}, "part": {"number": 1, "count": 2, "start": 0, "end": 9}}', '2026-05-12 06:31:00+00', NULL),
	(34, 'T0LOCAL001', NULL, 'C00000010', '1778580000.000004', NULL, 8, '{"kind": "change", "slug": "quay", "base": 7, "wishes": [["quay", ""]], "because": "Posted because this channel follows quay (#11) · /brief unsubscribe #11 ends it"}', '2026-05-12 10:00:00+00', NULL),
	(29, 'T0LOCAL001', NULL, 'C00000008', '1778567460.000002', NULL, 7, '{"kind": "digest", "plan": {"since": "2026-05-11T09:00:25Z", "until": "2026-05-12T06:00:00Z", "base": 1, "publication": 7, "zone": "Europe/Berlin", "wishes": [{"target": {"brief": null, "section": null, "tag": "transport"}, "filters": [], "deliver": "digest"}], "overdue": [{"slug": "harbour", "title": "The harbour in winter", "due": "2026-01-15", "owner": "local-desk"}], "report": null, "because": "Posted because this channel follows tag:transport (#7) · daily 08:00 Europe/Berlin (digest #4) · /brief digest off ends it"}, "part": {"number": 1, "count": 2, "start": 0, "end": 8}}', '2026-05-12 06:31:00+00', NULL),
	(62, 'T0LOCAL001', NULL, 'C00000012', '1778830262.000001', NULL, 18, '{"page": 1, "pages": 1, "by": "U00000001", "kind": "answer", "section": "legal"}', '2026-05-15 07:31:02+00', NULL),
	(30, 'T0LOCAL001', NULL, 'C00000007', '1778567461.000001', '1778567460.000001', 7, '{"kind": "digest", "plan": {"since": "2026-05-11T09:00:21Z", "until": "2026-05-12T06:30:00Z", "base": 1, "publication": 7, "zone": "Europe/Berlin", "wishes": [{"target": {"brief": null, "section": null, "tag": null}, "filters": [{"field": "kind", "value": "evidence", "exclude": true}], "deliver": "digest"}], "overdue": [{"slug": "harbour", "title": "The harbour in winter", "due": "2026-01-15", "owner": "local-desk"}], "report": null, "because": "Posted because this channel follows all (#5) · daily 08:30 Europe/Berlin (digest #2), weekly friday 16:00 Asia/Tokyo (digest #3) · /brief digest off ends it"}, "part": {"number": 2, "count": 2, "start": 9, "end": 16}}', '2026-05-12 06:31:01.05+00', NULL),
	(46, 'T0LOCAL001', NULL, 'C00000016', '1778684402.000003', NULL, 10, '{"kind": "change", "slug": "ferries", "base": 9, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#16) · /brief unsubscribe #16 ends it"}', '2026-05-13 15:00:02.05+00', NULL),
	(47, 'T0NEXT001', NULL, 'C00000002', '1778684404.000001', NULL, 10, '{"kind": "change", "slug": "ferries", "base": 9, "wishes": [["ferries", ""]], "because": "Posted because this channel follows ferries (#18) · /brief unsubscribe #18 ends it"}', '2026-05-13 15:00:04.15+00', NULL),
	(57, 'T0LOCAL001', NULL, 'C00000008', '1778781602.000003', NULL, 13, '{"kind": "change", "slug": "ferries", "base": 12, "wishes": [["ferries", ""]], "because": "Posted because this channel follows ferries (#6) · /brief unsubscribe #6 ends it"}', '2026-05-14 18:00:02.05+00', NULL),
	(59, 'T0LOCAL001', NULL, 'C00000016', '1778781602.000005', NULL, 14, '{"kind": "change", "slug": "breakwater", "base": 13, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#16) · /brief unsubscribe #16 ends it"}', '2026-05-14 18:00:02.05+00', NULL),
	(31, 'T0LOCAL001', NULL, 'C00000008', '1778567461.000002', '1778567460.000002', 7, '{"kind": "digest", "plan": {"since": "2026-05-11T09:00:25Z", "until": "2026-05-12T06:00:00Z", "base": 1, "publication": 7, "zone": "Europe/Berlin", "wishes": [{"target": {"brief": null, "section": null, "tag": "transport"}, "filters": [], "deliver": "digest"}], "overdue": [{"slug": "harbour", "title": "The harbour in winter", "due": "2026-01-15", "owner": "local-desk"}], "report": null, "because": "Posted because this channel follows tag:transport (#7) · daily 08:00 Europe/Berlin (digest #4) · /brief digest off ends it"}, "part": {"number": 2, "count": 2, "start": 8, "end": 13}}', '2026-05-12 06:31:01.05+00', NULL),
	(45, 'T0LOCAL001', NULL, 'C00000005', '1778684402.000002', '1778493600.000002', 10, '{"kind": "change", "slug": "ferries", "base": 9, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-13 15:00:02.05+00', NULL),
	(54, 'T0LOCAL001', NULL, 'C00000008', '1778781601.000005', NULL, 12, '{"kind": "change", "slug": "quay", "base": 11, "wishes": [["quay", ""]], "because": "Posted because this channel follows quay (#8) · /brief unsubscribe #8 ends it"}', '2026-05-14 18:00:01+00', NULL),
	(56, 'T0LOCAL001', NULL, 'C00000005', '1778781602.000002', '1778580000.000002', 12, '{"kind": "change", "slug": "quay", "base": 11, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-14 18:00:02.05+00', NULL),
	(58, 'T0LOCAL001', NULL, 'C00000012', '1778781602.000004', NULL, 14, '{"kind": "change", "slug": "breakwater", "base": 13, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#13) · /brief unsubscribe #13 ends it"}', '2026-05-14 18:00:02.05+00', NULL),
	(61, 'T0LOCAL001', NULL, 'C00000004', '1778781604.000002', NULL, 14, '{"kind": "change", "slug": "breakwater", "base": 13, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"}', '2026-05-14 18:00:04.15+00', NULL),
	(32, 'T0NEXT001', NULL, 'C00000002', '1778567461.000001', NULL, 7, '{"kind": "digest", "plan": {"since": "2026-05-11T09:00:40Z", "until": "2026-05-12T06:00:00Z", "base": 1, "publication": 7, "zone": "Europe/Berlin", "wishes": [{"target": {"brief": "lighthouse", "section": null, "tag": null}, "filters": [], "deliver": "digest"}], "overdue": [], "report": null, "because": "Posted because this channel follows lighthouse (#19) · weekdays 08:00 Europe/Berlin (digest #6) · /brief digest off ends it"}, "part": {"number": 1, "count": 1, "start": 0, "end": 2}}', '2026-05-12 06:31:01.05+00', NULL),
	(33, 'T0LOCAL001', NULL, 'C00000003', '1778571060.000001', NULL, 7, '{"kind": "digest", "plan": {"since": "2026-05-11T09:00:38Z", "until": "2026-05-12T07:30:00Z", "base": 1, "publication": 7, "zone": "Europe/Berlin", "wishes": [], "overdue": [], "report": {"reviews": [{"slug": "harbour", "title": "The harbour in winter", "due": "2026-01-15", "owner": "local-desk"}], "unverified": [], "questions": [["zebra crossing", 2], ["helf", 1], ["legl ferries", 1], ["nonesuch nothing", 1], ["purple rain", 1]], "failed": [["edit_window_closed", 2]]}, "because": "Posted because this is the maintainers'' channel · daily 09:30 Europe/Berlin (digest #5) · /brief digest off ends it"}, "part": {"number": 1, "count": 1, "start": 0, "end": 3}}', '2026-05-12 07:31:00+00', NULL),
	(50, 'T0LOCAL001', NULL, 'C00000004', '1778781601.000001', NULL, 11, '{"kind": "change", "slug": "pier", "base": 10, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"}', '2026-05-14 18:00:01+00', NULL),
	(60, 'T0LOCAL001', NULL, 'C00000005', '1778781603.000002', '1778493600.000002', 13, '{"kind": "change", "slug": "ferries", "base": 12, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-14 18:00:03.1+00', NULL),
	(35, 'T0LOCAL001', NULL, 'C00000012', '1778580000.000005', NULL, 8, '{"kind": "change", "slug": "quay", "base": 7, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#13) · /brief unsubscribe #13 ends it"}', '2026-05-12 10:00:00+00', NULL),
	(37, 'T0LOCAL001', NULL, 'C00000005', '1778580001.000001', '1778580000.000002', 8, '{"kind": "change", "slug": "quay", "base": 7, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-12 10:00:01.05+00', NULL),
	(40, 'T0LOCAL001', NULL, 'C00000005', '1778684401.000001', '1778504400.000002', 9, '{"kind": "change", "slug": "pier", "base": 8, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-13 15:00:01+00', NULL),
	(41, 'T0LOCAL001', NULL, 'C00000008', '1778684401.000002', NULL, 10, '{"kind": "change", "slug": "ferries", "base": 9, "wishes": [["ferries", ""]], "because": "Posted because this channel follows ferries (#6) · /brief unsubscribe #6 ends it"}', '2026-05-13 15:00:01+00', NULL),
	(43, 'T0LOCAL001', NULL, 'C00000012', '1778684401.000004', NULL, 10, '{"kind": "change", "slug": "ferries", "base": 9, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#13) · /brief unsubscribe #13 ends it"}', '2026-05-13 15:00:01+00', NULL),
	(44, 'T0LOCAL001', NULL, 'C00000004', '1778684402.000001', NULL, 10, '{"kind": "change", "slug": "ferries", "base": 9, "wishes": [["all", ""], ["tag:transport", "kind:correction"], ["ferries", ""]], "because": "Posted because this channel follows all (#1), tag:transport (#2) and ferries (#20) · /brief unsubscribe #n ends one"}', '2026-05-13 15:00:02.05+00', NULL),
	(51, 'T0LOCAL001', NULL, 'C00000005', '1778781601.000002', '1778504400.000002', 11, '{"kind": "change", "slug": "pier", "base": 10, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#3) · /brief unsubscribe #3 ends it"}', '2026-05-14 18:00:01+00', NULL),
	(53, 'T0LOCAL001', NULL, 'C00000016', '1778781601.000004', NULL, 11, '{"kind": "change", "slug": "pier", "base": 10, "wishes": [["pier", ""], ["all/legal", ""]], "because": "Posted because this channel follows pier (#15) and all/legal (#16) · /brief unsubscribe #n ends one"}', '2026-05-14 18:00:01+00', NULL),
	(55, 'T0LOCAL001', NULL, 'C00000004', '1778781602.000001', NULL, 12, '{"kind": "change", "slug": "quay", "base": 11, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"}', '2026-05-14 18:00:02.05+00', NULL),
	(63, 'T0LOCAL001', NULL, 'C00000012', '1778830263.000002', '1778830263.000001', 18, '{"page": 1, "pages": 1, "by": null, "kind": "hits", "section": null, "words": "charter obliges mole", "with_all": 0, "sections": ["legal", "legal"]}', '2026-05-15 07:31:03+00', NULL),
	(36, 'T0LOCAL001', NULL, 'C00000016', '1778580000.000006', NULL, 8, '{"kind": "change", "slug": "quay", "base": 7, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#16) · /brief unsubscribe #16 ends it"}', '2026-05-12 10:00:00+00', NULL),
	(38, 'T0LOCAL001', NULL, 'C00000008', '1778580001.000002', NULL, 8, '{"kind": "change", "slug": "quay", "base": 7, "wishes": [["quay", ""]], "because": "Posted because this channel follows quay (#8) · /brief unsubscribe #8 ends it"}', '2026-05-12 10:00:01.05+00', NULL),
	(39, 'T0LOCAL001', NULL, 'C00000004', '1778580007.000001', NULL, 8, '{"kind": "change", "slug": "quay", "base": 7, "wishes": [["all", ""]], "because": "Posted because this channel follows all (#1) · /brief unsubscribe #1 ends it"}', '2026-05-12 10:00:07.05+00', NULL),
	(42, 'T0LOCAL001', NULL, 'C00000009', '1778684401.000003', NULL, 10, '{"kind": "change", "slug": "ferries", "base": 9, "wishes": [["ferries", ""], ["ferries/legal", ""]], "because": "Posted because this channel follows ferries (#9) and ferries/legal (#10) · /brief unsubscribe #n ends one"}', '2026-05-13 15:00:01+00', NULL),
	(48, 'T0LOCAL001', NULL, 'C00000006', '1778742060.000001', NULL, 10, '{"kind": "digest", "plan": {"since": "2026-05-11T09:00:19Z", "until": "2026-05-14T07:00:00Z", "base": 1, "publication": 10, "zone": "Europe/Berlin", "wishes": [{"target": {"brief": null, "section": null, "tag": null}, "filters": [], "deliver": "digest"}], "overdue": [{"slug": "harbour", "title": "The harbour in winter", "due": "2026-01-15", "owner": "local-desk"}], "report": null, "because": "Posted because this channel follows all (#4) · weekly thursday 09:00 Europe/Berlin (digest #1) · /brief digest off ends it"}, "part": {"number": 1, "count": 3, "start": 0, "end": 11}}', '2026-05-14 07:01:00+00', NULL),
	(49, 'T0LOCAL001', NULL, 'C00000008', '1778742060.000002', NULL, 10, '{"kind": "digest", "plan": {"since": "2026-05-12T06:00:00Z", "until": "2026-05-14T06:00:00Z", "base": 7, "publication": 10, "zone": "Europe/Berlin", "wishes": [{"target": {"brief": null, "section": null, "tag": "transport"}, "filters": [], "deliver": "digest"}], "overdue": [{"slug": "harbour", "title": "The harbour in winter", "due": "2026-01-15", "owner": "local-desk"}], "report": null, "because": "Posted because this channel follows tag:transport (#7) · daily 08:00 Europe/Berlin (digest #4) · /brief digest off ends it"}, "part": {"number": 1, "count": 1, "start": 0, "end": 5}}', '2026-05-14 07:01:00+00', NULL),
	(52, 'T0LOCAL001', NULL, 'C00000012', '1778781601.000003', NULL, 11, '{"kind": "change", "slug": "pier", "base": 10, "wishes": [["all/legal", ""]], "because": "Posted because this channel follows all/legal (#13) · /brief unsubscribe #13 ends it"}', '2026-05-14 18:00:01+00', NULL);
INSERT INTO public.shown_claim VALUES
	(1, 0, 'ferries', 'in-court', 'in-court'),
	(1, 1, 'ferries', 'charter', 'charter'),
	(2, 0, 'ferries', 'halved', 'halved'),
	(2, 1, 'ferries', 'alternative', 'alternative'),
	(3, 0, 'ferries', 'halved', 'halved'),
	(3, 1, 'ferries', 'alternative', 'alternative'),
	(4, 0, 'ferries', 'charter', 'charter'),
	(4, 1, 'mole', 'wall', 'wall'),
	(5, 0, 'ferries', 'halved', 'halved'),
	(5, 1, 'ferries', 'alternative', 'alternative'),
	(6, 0, 'ferries', 'in-court', 'in-court'),
	(6, 1, 'ferries', 'charter', 'charter'),
	(7, 0, 'ferries', 'in-court', 'in-court'),
	(7, 1, 'ferries', 'charter', 'charter'),
	(8, 0, 'ferries', 'halved', 'halved'),
	(9, 0, 'ferries', 'halved', 'halved'),
	(10, 0, 'ferries', 'halved', 'halved'),
	(11, 0, 'ferries', 'halved', 'halved'),
	(12, 0, 'ferries', 'halved', 'halved'),
	(13, 0, 'harbour', 'winter-1', 'winter-1'),
	(13, 1, 'harbour', 'winter-2', 'winter-2'),
	(13, 2, 'harbour', 'winter-3', 'winter-3'),
	(13, 3, 'harbour', 'winter-4', 'winter-4'),
	(13, 4, 'harbour', 'winter-5', 'winter-5'),
	(13, 5, 'harbour', 'winter-6', 'winter-6'),
	(13, 6, 'harbour', 'winter-7', 'winter-7'),
	(13, 7, 'harbour', 'winter-8', 'winter-8'),
	(14, 0, 'harbour', 'winter-1', 'winter-1'),
	(14, 1, 'harbour', 'winter-2', 'winter-2'),
	(14, 2, 'harbour', 'winter-3', 'winter-3'),
	(14, 3, 'harbour', 'winter-4', 'winter-4'),
	(14, 4, 'harbour', 'winter-5', 'winter-5'),
	(14, 5, 'harbour', 'winter-6', 'winter-6'),
	(14, 6, 'harbour', 'winter-7', 'winter-7'),
	(14, 7, 'harbour', 'winter-8', 'winter-8'),
	(15, 0, 'harbour', 'winter-7', 'winter-7'),
	(15, 1, 'harbour', 'winter-8', 'winter-8'),
	(16, 0, 'harbour', 'winter-1', 'winter-1'),
	(16, 1, 'harbour', 'winter-2', 'winter-2'),
	(16, 2, 'harbour', 'winter-3', 'winter-3'),
	(16, 3, 'harbour', 'winter-4', 'winter-4'),
	(16, 4, 'harbour', 'winter-5', 'winter-5'),
	(17, 0, 'lighthouse', 'alternative', 'alternative'),
	(18, 0, 'lighthouse', 'alternative', 'alternative'),
	(19, 0, 'lighthouse', 'alternative', 'alternative'),
	(20, 0, 'lighthouse', 'halved', 'halved'),
	(20, 1, 'lighthouse', 'alternative', 'alternative'),
	(25, 0, 'pier', 'alternative', 'alternative'),
	(26, 0, 'pier', 'alternative', 'alternative'),
	(27, 0, 'pier', 'alternative', 'alternative'),
	(28, 0, 'ferries', 'halved', 'halved'),
	(28, 1, 'harbour', 'winter-1', 'winter-1'),
	(28, 2, 'harbour', 'winter-2', 'winter-2'),
	(28, 3, 'harbour', 'winter-3', 'winter-3'),
	(28, 4, 'harbour', 'winter-4', 'winter-4'),
	(29, 0, 'ferries', 'halved', 'halved'),
	(29, 1, 'harbour', 'winter-1', 'winter-1'),
	(29, 2, 'harbour', 'winter-2', 'winter-2'),
	(29, 3, 'harbour', 'winter-3', 'winter-3'),
	(29, 4, 'harbour', 'winter-4', 'winter-4'),
	(30, 0, 'harbour', 'winter-5', 'winter-5'),
	(30, 1, 'harbour', 'winter-6', 'winter-6'),
	(30, 2, 'harbour', 'winter-7', 'winter-7'),
	(30, 3, 'harbour', 'winter-8', 'winter-8'),
	(30, 4, 'pier', 'alternative', 'alternative'),
	(31, 0, 'harbour', 'winter-5', 'winter-5'),
	(31, 1, 'harbour', 'winter-6', 'winter-6'),
	(31, 2, 'harbour', 'winter-7', 'winter-7'),
	(31, 3, 'harbour', 'winter-8', 'winter-8'),
	(34, 0, 'quay', 'in-court', 'in-court'),
	(35, 0, 'quay', 'in-court', 'in-court'),
	(36, 0, 'quay', 'in-court', 'in-court'),
	(37, 0, 'quay', 'in-court', 'in-court'),
	(38, 0, 'quay', 'in-court', 'in-court'),
	(39, 0, 'quay', 'in-court', 'in-court'),
	(40, 0, 'pier', 'halved', 'halved'),
	(41, 0, 'ferries', 'in-court', 'in-court'),
	(42, 0, 'ferries', 'in-court', 'in-court'),
	(43, 0, 'ferries', 'in-court', 'in-court'),
	(44, 0, 'ferries', 'in-court', 'in-court'),
	(45, 0, 'ferries', 'in-court', 'in-court'),
	(46, 0, 'ferries', 'in-court', 'in-court'),
	(47, 0, 'ferries', 'in-court', 'in-court'),
	(48, 0, 'ferries', 'halved', 'halved'),
	(48, 1, 'ferries', 'in-court', 'in-court'),
	(48, 2, 'pier', 'halved', 'halved'),
	(48, 3, 'harbour', 'winter-1', 'winter-1'),
	(48, 4, 'harbour', 'winter-2', 'winter-2'),
	(48, 5, 'harbour', 'winter-3', 'winter-3'),
	(49, 0, 'ferries', 'in-court', 'in-court'),
	(49, 1, 'quay', 'in-court', 'in-court'),
	(54, 0, 'quay', 'alternative', 'alternative'),
	(55, 0, 'quay', 'alternative', 'alternative'),
	(56, 0, 'quay', 'alternative', 'alternative'),
	(57, 0, 'ferries', 'alternative', 'alternative'),
	(60, 0, 'ferries', 'alternative', 'alternative'),
	(62, 0, 'ferries', 'in-court', 'in-court'),
	(62, 1, 'ferries', 'charter', 'charter'),
	(63, 0, 'ferries', 'charter', 'charter'),
	(63, 1, 'mole', 'wall', 'wall');
INSERT INTO public.subscription VALUES
	(1, 'T0LOCAL001', NULL, 'C00000004', 'all', '', 'channel', 'U00000001', '2026-05-11 09:00:15+00', NULL, NULL),
	(2, 'T0LOCAL001', NULL, 'C00000004', 'tag:transport', 'kind:correction', 'channel', 'U00000001', '2026-05-11 09:00:16+00', NULL, NULL),
	(3, 'T0LOCAL001', NULL, 'C00000005', 'all', '', 'thread', 'U00000001', '2026-05-11 09:00:18+00', NULL, NULL),
	(4, 'T0LOCAL001', NULL, 'C00000006', 'all', '', 'digest', 'U00000001', '2026-05-11 09:00:19+00', NULL, NULL),
	(5, 'T0LOCAL001', NULL, 'C00000007', 'all', '-kind:evidence', 'digest', 'U00000001', '2026-05-11 09:00:21+00', NULL, NULL),
	(12, 'T0LOCAL001', NULL, 'C00000011', 'ferries/legal', '', 'channel', 'U00000001', '2026-05-11 09:00:31+00', '2026-07-10 09:00:32+00', NULL),
	(13, 'T0LOCAL001', NULL, 'C00000012', 'all/legal', '', 'channel', 'U00000001', '2026-05-11 09:00:33+00', NULL, NULL),
	(15, 'T0LOCAL001', NULL, 'C00000016', 'pier', '', 'channel', 'U00000001', '2026-05-11 09:00:35+00', NULL, NULL),
	(16, 'T0LOCAL001', NULL, 'C00000016', 'all/legal', '', 'channel', 'U00000001', '2026-05-11 09:00:36+00', NULL, NULL),
	(17, 'T0LOCAL001', NULL, 'C00000014', 'ferries', '', 'digest', 'U00000001', '2026-05-11 09:00:37+00', NULL, NULL),
	(18, 'T0NEXT001', NULL, 'C00000002', 'ferries', '', 'channel', 'U00000001', '2026-05-11 09:00:39+00', NULL, NULL),
	(19, 'T0NEXT001', NULL, 'C00000002', 'lighthouse', '', 'digest', 'U00000001', '2026-05-11 09:00:41+00', NULL, NULL),
	(20, 'T0LOCAL001', NULL, 'C00000004', 'ferries', '', 'channel', 'U00000002', '2026-05-11 09:00:46+00', NULL, NULL),
	(11, 'T0LOCAL001', NULL, 'C00000010', 'quay', '', 'channel', 'U00000017', '2026-05-11 09:00:30+00', NULL, 'renamed'),
	(9, 'T0LOCAL001', NULL, 'C00000009', 'ferries', '', 'thread', 'U00000001', '2026-05-11 09:00:28+00', NULL, 'removed'),
	(10, 'T0LOCAL001', NULL, 'C00000009', 'ferries/legal', '', 'channel', 'U00000002', '2026-05-11 09:00:29+00', NULL, 'removed'),
	(6, 'T0LOCAL001', NULL, 'C00000008', 'ferries', '', 'channel', 'U00000001', '2026-05-11 09:00:24+00', NULL, 'archived'),
	(8, 'T0LOCAL001', NULL, 'C00000008', 'quay', '', 'thread', 'U00000001', '2026-05-11 09:00:26+00', NULL, 'archived'),
	(7, 'T0LOCAL001', NULL, 'C00000008', 'tag:transport', '', 'digest', 'U00000001', '2026-05-11 09:00:25+00', NULL, 'archived');
INSERT INTO public.version VALUES
	('ferries', 'd716dfa6', '{"title":"The ferry timetable of 2025","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]},{"id":"charter","text":"The harbour''s charter obliges the board to hear the towns first.","evidence":[{"source":"radio","quote":"the towns shall be heard"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('lighthouse', 'c908c536', '{"title":"The lighthouse at the cape","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["history"],"changes":[{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('pier', 'fabb312d', '{"title":"The old pier","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["history"],"changes":[{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('harbour', 'f364cb13', '{"title":"The harbour in winter","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"review_by":"2026-01-15","changes":[{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('quay', '610afd7f', '{"title":"The new quay","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"aliases":["wharf"],"tags":["transport","courts"],"changes":[{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('mole', 'ce4a06d5', '{"title":"The mole","summary":"A wall in the sea.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"wall","text":"The mole belongs to the state.","evidence":[{"source":"radio","quote":"it is the state''s"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["history"],"changes":[{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('ferries', '330683bc', '{"title":"The ferry timetable of 2025","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]},{"id":"charter","text":"The harbour''s charter obliges the board to hear the towns first.","evidence":[{"source":"radio","quote":"the towns shall be heard"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"correction","note":"It was four, not six.","claims":["halved"]},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('harbour', '7baca295', '{"title":"The harbour in winter","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"outlook":{"claims":[{"id":"winter-1","text":"In winter 1 three boats were mended. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day.","evidence":[{"source":"radio","quote":"three boats were mended"}]},{"id":"winter-2","text":"In winter 2 three boats were mended. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day.","evidence":[{"source":"radio","quote":"three boats were mended"}]},{"id":"winter-3","text":"In winter 3 three boats were mended. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day.","evidence":[{"source":"radio","quote":"three boats were mended"}]},{"id":"winter-4","text":"In winter 4 three boats were mended. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day.","evidence":[{"source":"radio","quote":"three boats were mended"}]},{"id":"winter-5","text":"In winter 5 three boats were mended. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day.","evidence":[{"source":"radio","quote":"three boats were mended"}]},{"id":"winter-6","text":"In winter 6 three boats were mended. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day.","evidence":[{"source":"radio","quote":"three boats were mended"}]},{"id":"winter-7","text":"In winter 7 three boats were mended. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day.","evidence":[{"source":"radio","quote":"three boats were mended"}]},{"id":"winter-8","text":"In winter 8 three boats were mended. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day. As the board''s own report says at length, the winter timetable was kept with six boats a day.","evidence":[{"source":"radio","quote":"three boats were mended"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"review_by":"2026-01-15","changes":[{"date":"2025-05-12","kind":"update","note":"What the winter was like."},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('lighthouse', 'a791c569', '{"title":"The lighthouse at the cape","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"unverified","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["history"],"changes":[{"date":"2025-05-12","kind":"update","note":"Less is known."},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('lighthouse', '56b64aba', '{"title":"The lighthouse at the cape","summary":"The harbour board halved the number of ferries.","status":"withdrawn","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"unverified","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["history"],"changes":[{"date":"2025-05-12","kind":"withdrawal","note":"It was never lit."},{"date":"2025-05-12","kind":"update","note":"Less is known."},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('ferries', 'd60887dd', '{"title":"The ferry timetable of 2025 and 2026","summary":"In March 2025 the harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Three towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]},{"id":"charter","text":"The harbour''s charter obliges the board to hear the towns first.","evidence":[{"source":"radio","quote":"the towns shall be heard"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was hardly an alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"correction","note":"They hardly said so.","claims":["alternative"]},{"date":"2025-05-12","kind":"correction","note":"It was three towns.","claims":["in-court"]},{"date":"2025-05-12","kind":"editorial","note":"Commas."},{"date":"2025-05-12","kind":"correction","note":"It was four, not six.","claims":["halved"]},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('ferries', 'f113346f', '{"title":"The ferry timetable of 2025","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]},{"id":"charter","text":"The harbour''s charter obliges the board to hear the towns first.","evidence":[{"source":"radio","quote":"the towns shall be heard"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"editorial","note":"Commas."},{"date":"2025-05-12","kind":"correction","note":"It was four, not six.","claims":["halved"]},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('pier', '3d0e2c30', '{"title":"The old pier","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was hardly an alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["history"],"changes":[{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('quay', 'c0c8b19e', '{"title":"The new quay","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Three towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"aliases":["wharf"],"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"evidence","note":"A third town."},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('pier', '6f962ee8', '{"title":"The old pier","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was hardly an alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["history"],"changes":[{"date":"2025-05-12","kind":"correction","note":"It was four.","claims":["halved"]},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('ferries', '1f87e484', '{"title":"The ferry timetable of 2025","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Three towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]},{"id":"charter","text":"The harbour''s charter obliges the board to hear the towns first.","evidence":[{"source":"radio","quote":"the towns shall be heard"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was hardly an alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"correction","note":"They hardly said so.","claims":["alternative"]},{"date":"2025-05-12","kind":"correction","note":"It was three towns.","claims":["in-court"]},{"date":"2025-05-12","kind":"editorial","note":"Commas."},{"date":"2025-05-12","kind":"correction","note":"It was four, not six.","claims":["halved"]},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('breakwater', 'dad7b5f7', '{"title":"The breakwater","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Two towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('quay', '6cbc0dfe', '{"title":"The new quay","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Three towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative at all.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"aliases":["wharf"],"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"correction","note":"Clearer.","claims":["alternative"]},{"date":"2025-05-12","kind":"clarification","note":"They hardly said so."},{"date":"2025-05-12","kind":"evidence","note":"A third town."},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('ferries', 'fc65d59c', '{"title":"The ferry timetable of 2025","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Three towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]},{"id":"charter","text":"The harbour''s charter obliges the board to hear the towns first.","evidence":[{"source":"radio","quote":"the towns shall be heard"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was no alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"correction","note":"It was three towns.","claims":["in-court"]},{"date":"2025-05-12","kind":"editorial","note":"Commas."},{"date":"2025-05-12","kind":"correction","note":"It was four, not six.","claims":["halved"]},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('quay', 'e663a333', '{"title":"The new quay","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Three towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to six.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was hardly an alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"aliases":["wharf"],"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"clarification","note":"They hardly said so."},{"date":"2025-05-12","kind":"evidence","note":"A third town."},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('ferries', '4b4984a5', '{"title":"The ferry timetable of 2025 and 2026","summary":"In March 2025 the harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Four towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]},{"id":"charter","text":"The harbour''s charter obliges the board to hear the towns first.","evidence":[{"source":"radio","quote":"the towns shall be heard"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was hardly an alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"correction","note":"It was four towns.","claims":["in-court"]},{"date":"2025-05-12","kind":"correction","note":"They hardly said so.","claims":["alternative"]},{"date":"2025-05-12","kind":"correction","note":"It was three towns.","claims":["in-court"]},{"date":"2025-05-12","kind":"editorial","note":"Commas."},{"date":"2025-05-12","kind":"correction","note":"It was four, not six.","claims":["halved"]},{"date":"2025-04-01","kind":"new","note":"First version."}]}'),
	('ferries', 'dabee6ab', '{"title":"The ferry timetable of 2025 and 2026","summary":"The harbour board halved the number of ferries.","status":"published","as_of":"2025-04-01","owner":"local-desk","sections":{"legal":{"claims":[{"id":"in-court","text":"Three towns have gone to court against the new timetable.","evidence":[{"source":"radio","quote":"both towns filed suit"}]},{"id":"charter","text":"The harbour''s charter obliges the board to hear the towns first.","evidence":[{"source":"radio","quote":"the towns shall be heard"}]}]},"overview":{"claims":[{"id":"halved","text":"On 2 March 2025 the harbour board cut the number of daily ferries from twelve to four.","evidence":[{"source":"radio","quote":"from twelve to six"}]},{"id":"alternative","text":"The board said that there was hardly an alternative.","standing":"partly","note":"Said by its chair.","evidence":[{"source":"radio","quote":"We have no alternative"}]}]}},"sources":{"radio":{"publisher":"Coast Radio","url":"https://example.org/radio/1234","kind":"news"}},"tags":["transport","courts"],"changes":[{"date":"2025-05-12","kind":"correction","note":"They hardly said so.","claims":["alternative"]},{"date":"2025-05-12","kind":"correction","note":"It was three towns.","claims":["in-court"]},{"date":"2025-05-12","kind":"editorial","note":"Commas."},{"date":"2025-05-12","kind":"correction","note":"It was four, not six.","claims":["halved"]},{"date":"2025-04-01","kind":"new","note":"First version."}]}');
INSERT INTO public.workspace VALUES
	('T0LOCAL001', NULL, NULL),
	('T0NEXT001', NULL, 'invalid_auth');
SELECT pg_catalog.setval('public.delivery_id_seq', 205, true);
SELECT pg_catalog.setval('public.digest_calendar_id_seq', 18, true);
SELECT pg_catalog.setval('public.digest_id_seq', 21, true);
SELECT pg_catalog.setval('public.digest_schedule_id_seq', 8, true);
SELECT pg_catalog.setval('public.shown_id_seq', 63, true);
SELECT pg_catalog.setval('public.subscription_id_seq', 21, true);
ALTER TABLE ONLY dbos.application_versions
    ADD CONSTRAINT application_versions_pkey PRIMARY KEY (version_id);
ALTER TABLE ONLY dbos.application_versions
    ADD CONSTRAINT application_versions_version_name_key UNIQUE (version_name);
ALTER TABLE ONLY dbos.dbos_migrations
    ADD CONSTRAINT dbos_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY dbos.event_dispatch_kv
    ADD CONSTRAINT event_dispatch_kv_pkey PRIMARY KEY (service_name, workflow_fn_name, key);
ALTER TABLE ONLY dbos.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (message_uuid);
ALTER TABLE ONLY dbos.operation_outputs
    ADD CONSTRAINT operation_outputs_pkey PRIMARY KEY (workflow_uuid, function_id);
ALTER TABLE ONLY dbos.queues
    ADD CONSTRAINT queues_name_key UNIQUE (name);
ALTER TABLE ONLY dbos.queues
    ADD CONSTRAINT queues_pkey PRIMARY KEY (queue_id);
ALTER TABLE ONLY dbos.streams
    ADD CONSTRAINT streams_pkey PRIMARY KEY (workflow_uuid, key, "offset");
ALTER TABLE ONLY dbos.workflow_events_history
    ADD CONSTRAINT workflow_events_history_pkey PRIMARY KEY (workflow_uuid, function_id, key);
ALTER TABLE ONLY dbos.workflow_events
    ADD CONSTRAINT workflow_events_pkey PRIMARY KEY (workflow_uuid, key);
ALTER TABLE ONLY dbos.workflow_input
    ADD CONSTRAINT workflow_input_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY dbos.workflow_output
    ADD CONSTRAINT workflow_output_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY dbos.workflow_schedules
    ADD CONSTRAINT workflow_schedules_pkey PRIMARY KEY (schedule_id);
ALTER TABLE ONLY dbos.workflow_schedules
    ADD CONSTRAINT workflow_schedules_schedule_name_key UNIQUE (schedule_name);
ALTER TABLE ONLY dbos.workflow_status
    ADD CONSTRAINT workflow_status_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.brief
    ADD CONSTRAINT pk_brief PRIMARY KEY (slug);
ALTER TABLE ONLY public.change_set
    ADD CONSTRAINT pk_change_set PRIMARY KEY (publication, slug);
ALTER TABLE ONLY public.default_brief
    ADD CONSTRAINT pk_default_brief PRIMARY KEY (team, channel);
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT pk_delivery PRIMARY KEY (id);
ALTER TABLE ONLY public.digest
    ADD CONSTRAINT pk_digest PRIMARY KEY (id);
ALTER TABLE ONLY public.digest_calendar
    ADD CONSTRAINT pk_digest_calendar PRIMARY KEY (id);
ALTER TABLE ONLY public.digest_schedule
    ADD CONSTRAINT pk_digest_schedule PRIMARY KEY (id);
ALTER TABLE ONLY public.gate
    ADD CONSTRAINT pk_gate PRIMARY KEY (team, method);
ALTER TABLE ONLY public.lane
    ADD CONSTRAINT pk_lane PRIMARY KEY (queue, team);
ALTER TABLE ONLY public.live_thread
    ADD CONSTRAINT pk_live_thread PRIMARY KEY (team, channel, slug);
ALTER TABLE ONLY public.parsed
    ADD CONSTRAINT pk_parsed PRIMARY KEY (hash);
ALTER TABLE ONLY public.publication
    ADD CONSTRAINT pk_publication PRIMARY KEY (number);
ALTER TABLE ONLY public.question
    ADD CONSTRAINT pk_question PRIMARY KEY (team, asked_at, words);
ALTER TABLE ONLY public.seen_event
    ADD CONSTRAINT pk_seen_event PRIMARY KEY (id);
ALTER TABLE ONLY public.shown
    ADD CONSTRAINT pk_shown PRIMARY KEY (id);
ALTER TABLE ONLY public.shown_claim
    ADD CONSTRAINT pk_shown_claim PRIMARY KEY (shown, place);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT pk_subscription PRIMARY KEY (id);
ALTER TABLE ONLY public.version
    ADD CONSTRAINT pk_version PRIMARY KEY (slug, revision);
ALTER TABLE ONLY public.workspace
    ADD CONSTRAINT pk_workspace PRIMARY KEY (team);
ALTER TABLE ONLY public.default_brief
    ADD CONSTRAINT uq_default_brief_stamp UNIQUE (stamp);
ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT uq_delivery_key UNIQUE (key);
ALTER TABLE ONLY public.digest_calendar
    ADD CONSTRAINT uq_digest_calendar_team_channel UNIQUE (team, channel);
ALTER TABLE ONLY public.digest_schedule
    ADD CONSTRAINT uq_digest_schedule_team_channel_schedule UNIQUE (team, channel, schedule);
ALTER TABLE ONLY public.digest
    ADD CONSTRAINT uq_digest_team_channel_fire_at UNIQUE (team, channel, fire_at);
ALTER TABLE ONLY public.publication
    ADD CONSTRAINT uq_publication_predecessor UNIQUE (predecessor);
ALTER TABLE ONLY public.shown
    ADD CONSTRAINT uq_shown_team_channel_ts UNIQUE (team, channel, ts);
ALTER TABLE ONLY public.subscription
    ADD CONSTRAINT uq_subscription_team_channel_target UNIQUE (team, channel, target);
CREATE INDEX idx_application_versions_owner_timestamp ON dbos.application_versions USING btree (application_name, version_timestamp DESC);
CREATE INDEX idx_application_versions_timestamp ON dbos.application_versions USING btree (version_timestamp DESC);
CREATE INDEX idx_operation_outputs_completed_at_function_name_v2 ON dbos.operation_outputs USING btree (completed_at_epoch_ms, function_name) INCLUDE (application_name);
CREATE INDEX idx_operation_outputs_retention ON dbos.operation_outputs USING btree (retention_timestamp);
CREATE INDEX idx_workflow_input_retention ON dbos.workflow_input USING btree (retention_timestamp);
CREATE INDEX idx_workflow_output_retention ON dbos.workflow_output USING btree (retention_timestamp);
CREATE INDEX idx_workflow_status_attributes ON dbos.workflow_status USING gin (attributes) WHERE (attributes IS NOT NULL);
CREATE INDEX idx_workflow_status_completed_at ON dbos.workflow_status USING btree (completed_at) WHERE (completed_at IS NOT NULL);
CREATE INDEX idx_workflow_status_deadline ON dbos.workflow_status USING btree (workflow_deadline_epoch_ms) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text, 'DELAYED'::text])) AND (workflow_deadline_epoch_ms IS NOT NULL));
CREATE INDEX idx_workflow_status_delayed ON dbos.workflow_status USING btree (delay_until_epoch_ms) WHERE (status = 'DELAYED'::text);
CREATE INDEX idx_workflow_status_failed ON dbos.workflow_status USING btree (status, created_at) WHERE (status = ANY (ARRAY['ERROR'::text, 'CANCELLED'::text, 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'::text]));
CREATE INDEX idx_workflow_status_forked_from ON dbos.workflow_status USING btree (forked_from) WHERE (forked_from IS NOT NULL);
CREATE INDEX idx_workflow_status_in_flight_v2 ON dbos.workflow_status USING btree (queue_name, status, priority, created_at) INCLUDE (application_name) WHERE (status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text]));
CREATE INDEX idx_workflow_status_parent_workflow_id ON dbos.workflow_status USING btree (parent_workflow_id) WHERE (parent_workflow_id IS NOT NULL);
CREATE INDEX idx_workflow_status_partition_dequeue_v3 ON dbos.workflow_status USING btree (queue_name, status, queue_partition_key, priority, created_at, workflow_uuid) INCLUDE (application_name) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text])) AND (queue_partition_key IS NOT NULL));
CREATE INDEX idx_workflow_status_pending ON dbos.workflow_status USING btree (created_at) WHERE (status = 'PENDING'::text);
CREATE INDEX idx_workflow_status_rate_limited ON dbos.workflow_status USING btree (queue_name, started_at_epoch_ms) WHERE (rate_limited = true);
CREATE INDEX idx_workflow_status_schedule_name ON dbos.workflow_status USING btree (schedule_name) WHERE (schedule_name IS NOT NULL);
CREATE INDEX idx_workflow_status_started_at ON dbos.workflow_status USING btree (started_at_epoch_ms) WHERE (started_at_epoch_ms IS NOT NULL);
CREATE INDEX idx_workflow_topic ON dbos.notifications USING btree (destination_uuid, topic);
CREATE UNIQUE INDEX uq_application_versions_owner_version ON dbos.application_versions USING btree (application_name, version_name) WHERE (application_name IS NOT NULL);
CREATE UNIQUE INDEX uq_application_versions_unclaimed_version ON dbos.application_versions USING btree (version_name) WHERE (application_name IS NULL);
CREATE UNIQUE INDEX uq_workflow_status_dedup_id ON dbos.workflow_status USING btree (queue_name, deduplication_id) WHERE (deduplication_id IS NOT NULL);
CREATE INDEX workflow_status_created_at_index ON dbos.workflow_status USING btree (created_at);
CREATE INDEX ix_change_set_slug_publication ON public.change_set USING btree (slug, publication);
CREATE INDEX ix_delivery_lane ON public.delivery USING btree (queue, team, state, due_at, id);
CREATE INDEX ix_delivery_pace ON public.delivery USING btree (queue, team, attempt_at);
CREATE INDEX ix_delivery_place ON public.delivery USING btree (team, channel, slug);
CREATE INDEX ix_delivery_waiting ON public.delivery USING btree (slug, kind, state);
CREATE INDEX ix_digest_calendar_next_at ON public.digest_calendar USING btree (next_at);
CREATE INDEX ix_digest_state ON public.digest USING btree (team, state, fire_at);
CREATE INDEX ix_publication_fingerprint ON public.publication USING btree (fingerprint);
CREATE INDEX ix_seen_event_seen_at ON public.seen_event USING btree (seen_at);
CREATE INDEX ix_shown_claim_slug_now ON public.shown_claim USING btree (slug, now);
ALTER TABLE ONLY dbos.notifications
    ADD CONSTRAINT notifications_destination_uuid_fkey FOREIGN KEY (destination_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY dbos.streams
    ADD CONSTRAINT streams_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY dbos.workflow_events_history
    ADD CONSTRAINT workflow_events_history_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY dbos.workflow_events
    ADD CONSTRAINT workflow_events_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES dbos.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.change_set
    ADD CONSTRAINT fk_change_set_publication FOREIGN KEY (publication) REFERENCES public.publication(number);
ALTER TABLE ONLY public.shown_claim
    ADD CONSTRAINT fk_shown_claim_shown FOREIGN KEY (shown) REFERENCES public.shown(id) ON DELETE CASCADE;
