using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Podium.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "app",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    public_id = table.Column<string>(type: "character varying(27)", maxLength: 27, nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_head",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    signature = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_id = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_head", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "audit_row",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    actor_kind = table.Column<string>(type: "text", nullable: false),
                    actor_id = table.Column<long>(type: "bigint", nullable: true),
                    client_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    subject_kind = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    subject_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    details = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    number = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_row", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "data_protection_key",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    xml = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_key", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "grant_now",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    confirmed_at = table.Column<long>(type: "bigint", nullable: true),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    entitlement_id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    held_since = table.Column<long>(type: "bigint", nullable: false),
                    cause_id = table.Column<long>(type: "bigint", nullable: false),
                    origin_id = table.Column<long>(type: "bigint", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_immutable = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_grant_now", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "grant_past",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    until_cause_id = table.Column<long>(type: "bigint", nullable: false),
                    is_continued = table.Column<bool>(type: "boolean", nullable: false),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    entitlement_id = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    held_since = table.Column<long>(type: "bigint", nullable: false),
                    cause_id = table.Column<long>(type: "bigint", nullable: false),
                    origin_id = table.Column<long>(type: "bigint", nullable: true),
                    external_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    is_immutable = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_grant_past", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox_message",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    payload = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    written_at = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: true),
                    claimed_until = table.Column<long>(type: "bigint", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    sent_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_message", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    public_id = table.Column<string>(type: "character varying(27)", maxLength: 27, nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    normalized_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    normalized_email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_person", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "server_value",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_server_value", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "set_up_link",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    ends_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_set_up_link", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_pause",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    last_at = table.Column<long>(type: "bigint", nullable: false),
                    paused_until = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_pause", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "upload_chunk",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    number = table.Column<int>(type: "integer", nullable: false),
                    data = table.Column<byte[]>(type: "bytea", nullable: false),
                    written_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload_chunk", x => new { x.name, x.number });
                });

            migrationBuilder.CreateTable(
                name: "connector",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    public_id = table.Column<string>(type: "character varying(27)", maxLength: 27, nullable: false, collation: "C"),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    catalog_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hosting = table.Column<string>(type: "text", nullable: false),
                    protected_settings = table.Column<byte[]>(type: "bytea", nullable: true),
                    settings_saved_by = table.Column<long>(type: "bigint", nullable: true),
                    settings_saved_at = table.Column<long>(type: "bigint", nullable: true),
                    sync_interval_seconds = table.Column<int>(type: "integer", nullable: false),
                    sync_cron = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    sync_zone = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    next_sync_at = table.Column<long>(type: "bigint", nullable: true),
                    paused_at = table.Column<long>(type: "bigint", nullable: true),
                    paused_by = table.Column<long>(type: "bigint", nullable: true),
                    last_seen_at = table.Column<long>(type: "bigint", nullable: true),
                    metadata = table.Column<byte[]>(type: "bytea", nullable: true),
                    version = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    provisioning_on = table.Column<bool>(type: "boolean", nullable: true),
                    selected_types = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    hold_percent = table.Column<int>(type: "integer", nullable: false),
                    failed_syncs = table.Column<int>(type: "integer", nullable: false),
                    failing_since = table.Column<long>(type: "bigint", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    inventory_version = table.Column<long>(type: "bigint", nullable: false),
                    inventory_as_of = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<long>(type: "bigint", nullable: true),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector", x => x.id);
                    table.ForeignKey(
                        name: "fk_connector_app_id",
                        column: x => x.app_id,
                        principalTable: "app",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_owner",
                columns: table => new
                {
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_owner", x => new { x.app_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_app_owner_app_id",
                        column: x => x.app_id,
                        principalTable: "app",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_app_owner_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "local_password",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    set_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_local_password", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_local_password_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "role_holding",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_holding", x => new { x.person_id, x.role });
                    table.ForeignKey(
                        name: "fk_role_holding_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "session",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    begun_at = table.Column<long>(type: "bigint", nullable: false),
                    used_at = table.Column<long>(type: "bigint", nullable: false),
                    proved_at = table.Column<long>(type: "bigint", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    agent = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ended_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_resource_type",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    traits = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_placeholder = table.Column<bool>(type: "boolean", nullable: false),
                    begun_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    stale_since = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_resource_type", x => x.id);
                    table.ForeignKey(
                        name: "fk_app_resource_type_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "client_credential",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    public_id = table.Column<string>(type: "character varying(27)", maxLength: 27, nullable: false, collation: "C"),
                    client_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    connector_id = table.Column<long>(type: "bigint", nullable: true),
                    person_id = table.Column<long>(type: "bigint", nullable: true),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<long>(type: "bigint", nullable: false),
                    created_by = table.Column<long>(type: "bigint", nullable: true),
                    expires_at = table.Column<long>(type: "bigint", nullable: true),
                    revoked_at = table.Column<long>(type: "bigint", nullable: true),
                    last_used_at = table.Column<long>(type: "bigint", nullable: true),
                    last_used_from = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_client_credential", x => x.id);
                    table.CheckConstraint("ck_client_credential_owner", "(connector_id IS NULL) <> (person_id IS NULL)");
                    table.ForeignKey(
                        name: "fk_client_credential_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_client_credential_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "connector_line",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    run_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    text = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_line", x => x.id);
                    table.ForeignKey(
                        name: "fk_connector_line_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "connector_owner",
                columns: table => new
                {
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_owner", x => new { x.connector_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_connector_owner_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_connector_owner_person_id",
                        column: x => x.person_id,
                        principalTable: "person",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "connector_run",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    credential_id = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    exit_code = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connector_run", x => x.id);
                    table.ForeignKey(
                        name: "fk_connector_run_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "grant_origin",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    is_direct = table.Column<bool>(type: "boolean", nullable: false),
                    sources = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_grant_origin", x => x.id);
                    table.ForeignKey(
                        name: "fk_grant_origin_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "hosting_lease",
                columns: table => new
                {
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    holder = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hosting_lease", x => x.connector_id);
                    table.ForeignKey(
                        name: "fk_hosting_lease_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "inventory_state",
                columns: table => new
                {
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    hash_seed = table.Column<long>(type: "bigint", nullable: false),
                    grants_digest = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_state", x => x.connector_id);
                    table.ForeignKey(
                        name: "fk_inventory_state_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_account",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    type_id = table.Column<long>(type: "bigint", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    incarnation = table.Column<int>(type: "integer", nullable: false),
                    last_seen_quality = table.Column<string>(type: "text", nullable: false),
                    last_seen_at = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    raw_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    begun_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    deleted_cause_id = table.Column<long>(type: "bigint", nullable: true),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sort_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    search_text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    login = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    sign_in = table.Column<string>(type: "text", nullable: false),
                    has_mfa = table.Column<bool>(type: "boolean", nullable: true),
                    is_administrator = table.Column<bool>(type: "boolean", nullable: false),
                    source_created_at = table.Column<long>(type: "bigint", nullable: true),
                    profile = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_placeholder = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    cause_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_account", x => x.id);
                    table.ForeignKey(
                        name: "fk_app_account_type_id",
                        column: x => x.type_id,
                        principalTable: "app_resource_type",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_resource",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    type_id = table.Column<long>(type: "bigint", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    secret_last_used_at = table.Column<long>(type: "bigint", nullable: true),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    raw_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    begun_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    deleted_cause_id = table.Column<long>(type: "bigint", nullable: true),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sort_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    search_text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    profile = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_placeholder = table.Column<bool>(type: "boolean", nullable: false),
                    secret_owner = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    secret_created_at = table.Column<long>(type: "bigint", nullable: true),
                    secret_expires_at = table.Column<long>(type: "bigint", nullable: true),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    cause_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_resource", x => x.id);
                    table.ForeignKey(
                        name: "fk_app_resource_type_id",
                        column: x => x.type_id,
                        principalTable: "app_resource_type",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "access_token",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    credential_id = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_token", x => x.hash);
                    table.ForeignKey(
                        name: "fk_access_token_credential_id",
                        column: x => x.credential_id,
                        principalTable: "client_credential",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "api_key",
                columns: table => new
                {
                    credential_id = table.Column<long>(type: "bigint", nullable: false),
                    roles = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    networks = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_key", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_api_key_credential_id",
                        column: x => x.credential_id,
                        principalTable: "client_credential",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "attempt",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    public_id = table.Column<string>(type: "character varying(27)", maxLength: 27, nullable: false, collation: "C"),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    purpose = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    queued_at = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    host_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    credential_id = table.Column<long>(type: "bigint", nullable: true),
                    handed_out_at = table.Column<long>(type: "bigint", nullable: true),
                    until = table.Column<long>(type: "bigint", nullable: true),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    error_message = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    answer = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attempt", x => x.id);
                    table.ForeignKey(
                        name: "fk_attempt_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_attempt_credential_id",
                        column: x => x.credential_id,
                        principalTable: "client_credential",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "used_assertion",
                columns: table => new
                {
                    credential_id = table.Column<long>(type: "bigint", nullable: false),
                    mark = table.Column<byte[]>(type: "bytea", nullable: false),
                    forgotten_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_used_assertion", x => new { x.credential_id, x.mark });
                    table.ForeignKey(
                        name: "fk_used_assertion_credential_id",
                        column: x => x.credential_id,
                        principalTable: "client_credential",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_account_past",
                columns: table => new
                {
                    since = table.Column<long>(type: "bigint", nullable: false),
                    account_id = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    until_cause_id = table.Column<long>(type: "bigint", nullable: false),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sort_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    search_text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    login = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    email = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    sign_in = table.Column<string>(type: "text", nullable: false),
                    has_mfa = table.Column<bool>(type: "boolean", nullable: true),
                    is_administrator = table.Column<bool>(type: "boolean", nullable: false),
                    source_created_at = table.Column<long>(type: "bigint", nullable: true),
                    profile = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_placeholder = table.Column<bool>(type: "boolean", nullable: false),
                    cause_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_account_past", x => new { x.account_id, x.since });
                    table.ForeignKey(
                        name: "fk_app_account_past_account_id",
                        column: x => x.account_id,
                        principalTable: "app_account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_entitlement",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    raw_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    begun_at = table.Column<long>(type: "bigint", nullable: false),
                    deleted_at = table.Column<long>(type: "bigint", nullable: true),
                    deleted_cause_id = table.Column<long>(type: "bigint", nullable: true),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    resource_id = table.Column<long>(type: "bigint", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    slug = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sort_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    search_text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    purpose = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    is_privileged = table.Column<bool>(type: "boolean", nullable: false),
                    exclusion_group = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    grantable_to = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_placeholder = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<long>(type: "bigint", nullable: false),
                    cause_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_entitlement", x => x.id);
                    table.ForeignKey(
                        name: "fk_app_entitlement_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_app_entitlement_resource_id",
                        column: x => x.resource_id,
                        principalTable: "app_resource",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_resource_past",
                columns: table => new
                {
                    since = table.Column<long>(type: "bigint", nullable: false),
                    resource_id = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    until_cause_id = table.Column<long>(type: "bigint", nullable: false),
                    returned_at = table.Column<long>(type: "bigint", nullable: true),
                    returned_cause_id = table.Column<long>(type: "bigint", nullable: true),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    parent_id = table.Column<long>(type: "bigint", nullable: true),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sort_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    search_text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    profile = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_placeholder = table.Column<bool>(type: "boolean", nullable: false),
                    secret_owner = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    secret_created_at = table.Column<long>(type: "bigint", nullable: true),
                    secret_expires_at = table.Column<long>(type: "bigint", nullable: true),
                    cause_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_resource_past", x => new { x.resource_id, x.since });
                    table.ForeignKey(
                        name: "fk_app_resource_past_resource_id",
                        column: x => x.resource_id,
                        principalTable: "app_resource",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sync",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    public_id = table.Column<string>(type: "character varying(27)", maxLength: 27, nullable: false, collation: "C"),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt_id = table.Column<long>(type: "bigint", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    asked_by = table.Column<long>(type: "bigint", nullable: true),
                    queued_at = table.Column<long>(type: "bigint", nullable: false),
                    as_of = table.Column<long>(type: "bigint", nullable: true),
                    received_at = table.Column<long>(type: "bigint", nullable: true),
                    ended_at = table.Column<long>(type: "bigint", nullable: true),
                    applying_until = table.Column<long>(type: "bigint", nullable: true),
                    sha256 = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    size = table.Column<long>(type: "bigint", nullable: true),
                    accounts = table.Column<long>(type: "bigint", nullable: true),
                    resources = table.Column<long>(type: "bigint", nullable: true),
                    entitlements = table.Column<long>(type: "bigint", nullable: true),
                    grants = table.Column<long>(type: "bigint", nullable: true),
                    difference = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sync", x => x.id);
                    table.ForeignKey(
                        name: "fk_sync_attempt_id",
                        column: x => x.attempt_id,
                        principalTable: "attempt",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_sync_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "upload",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    attempt_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sha256 = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    received_at = table.Column<long>(type: "bigint", nullable: false),
                    erased_at = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_upload", x => x.id);
                    table.ForeignKey(
                        name: "fk_upload_attempt_id",
                        column: x => x.attempt_id,
                        principalTable: "attempt",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_entitlement_past",
                columns: table => new
                {
                    since = table.Column<long>(type: "bigint", nullable: false),
                    entitlement_id = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    until_cause_id = table.Column<long>(type: "bigint", nullable: false),
                    returned_at = table.Column<long>(type: "bigint", nullable: true),
                    returned_cause_id = table.Column<long>(type: "bigint", nullable: true),
                    app_id = table.Column<long>(type: "bigint", nullable: false),
                    resource_id = table.Column<long>(type: "bigint", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    slug = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    sort_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    search_text = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    description = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    purpose = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    is_privileged = table.Column<bool>(type: "boolean", nullable: false),
                    exclusion_group = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    grantable_to = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    is_placeholder = table.Column<bool>(type: "boolean", nullable: false),
                    cause_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_entitlement_past", x => new { x.entitlement_id, x.since });
                    table.ForeignKey(
                        name: "fk_app_entitlement_past_entitlement_id",
                        column: x => x.entitlement_id,
                        principalTable: "app_entitlement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "inventory_cause",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    connector_id = table.Column<long>(type: "bigint", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    not_before = table.Column<long>(type: "bigint", nullable: false),
                    sync_id = table.Column<long>(type: "bigint", nullable: true),
                    task_id = table.Column<long>(type: "bigint", nullable: true),
                    person_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory_cause", x => x.id);
                    table.ForeignKey(
                        name: "fk_inventory_cause_connector_id",
                        column: x => x.connector_id,
                        principalTable: "connector",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_inventory_cause_sync_id",
                        column: x => x.sync_id,
                        principalTable: "sync",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_access_token_credential_id",
                table: "access_token",
                column: "credential_id");

            migrationBuilder.CreateIndex(
                name: "ix_access_token_expires_at",
                table: "access_token",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_app_public_id",
                table: "app",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_app_account_app_id_begun_at_id",
                table: "app_account",
                columns: new[] { "app_id", "begun_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_account_app_id_deleted_at_id",
                table: "app_account",
                columns: new[] { "app_id", "deleted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_account_app_id_sort_name_id",
                table: "app_account",
                columns: new[] { "app_id", "sort_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_account_connector_id_type_id_external_id_incarnation",
                table: "app_account",
                columns: new[] { "connector_id", "type_id", "external_id", "incarnation" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_app_account_type_id",
                table: "app_account",
                column: "type_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_account_past_app_id_sort_name_account_id",
                table: "app_account_past",
                columns: new[] { "app_id", "sort_name", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_account_past_app_id_until_account_id",
                table: "app_account_past",
                columns: new[] { "app_id", "until", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_entitlement_app_id_begun_at_id",
                table: "app_entitlement",
                columns: new[] { "app_id", "begun_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_entitlement_app_id_deleted_at_id",
                table: "app_entitlement",
                columns: new[] { "app_id", "deleted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_entitlement_app_id_sort_name_id",
                table: "app_entitlement",
                columns: new[] { "app_id", "sort_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_entitlement_connector_id_external_id",
                table: "app_entitlement",
                columns: new[] { "connector_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_app_entitlement_resource_id",
                table: "app_entitlement",
                column: "resource_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_entitlement_past_app_id_returned_at_entitlement_id",
                table: "app_entitlement_past",
                columns: new[] { "app_id", "returned_at", "entitlement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_entitlement_past_app_id_sort_name_entitlement_id",
                table: "app_entitlement_past",
                columns: new[] { "app_id", "sort_name", "entitlement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_entitlement_past_app_id_until_entitlement_id",
                table: "app_entitlement_past",
                columns: new[] { "app_id", "until", "entitlement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_owner_person_id",
                table: "app_owner",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_app_id_begun_at_id",
                table: "app_resource",
                columns: new[] { "app_id", "begun_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_app_id_deleted_at_id",
                table: "app_resource",
                columns: new[] { "app_id", "deleted_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_app_id_sort_name_id",
                table: "app_resource",
                columns: new[] { "app_id", "sort_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_connector_id_type_id_external_id",
                table: "app_resource",
                columns: new[] { "connector_id", "type_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_parent_id",
                table: "app_resource",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_type_id",
                table: "app_resource",
                column: "type_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_past_app_id_returned_at_resource_id",
                table: "app_resource_past",
                columns: new[] { "app_id", "returned_at", "resource_id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_past_app_id_sort_name_resource_id",
                table: "app_resource_past",
                columns: new[] { "app_id", "sort_name", "resource_id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_past_app_id_until_resource_id",
                table: "app_resource_past",
                columns: new[] { "app_id", "until", "resource_id" });

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_type_app_id",
                table: "app_resource_type",
                column: "app_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_resource_type_connector_id_external_id",
                table: "app_resource_type",
                columns: new[] { "connector_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attempt_connector_id_state_due_at",
                table: "attempt",
                columns: new[] { "connector_id", "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_attempt_credential_id",
                table: "attempt",
                column: "credential_id");

            migrationBuilder.CreateIndex(
                name: "ix_attempt_one_sync",
                table: "attempt",
                column: "connector_id",
                unique: true,
                filter: "kind = 'sync_full' AND state IN ('Queued', 'Out')");

            migrationBuilder.CreateIndex(
                name: "ix_attempt_public_id",
                table: "attempt",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_attempt_state_until",
                table: "attempt",
                columns: new[] { "state", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_row_actor_id_at",
                table: "audit_row",
                columns: new[] { "actor_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_row_at",
                table: "audit_row",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_row_number",
                table: "audit_row",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_row_subject_kind_subject_id_at",
                table: "audit_row",
                columns: new[] { "subject_kind", "subject_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_row_unsealed",
                table: "audit_row",
                column: "id",
                filter: "number IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_client_credential_client_id",
                table: "client_credential",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_client_credential_connector_id",
                table: "client_credential",
                column: "connector_id");

            migrationBuilder.CreateIndex(
                name: "ix_client_credential_person_id",
                table: "client_credential",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_client_credential_public_id",
                table: "client_credential",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_connector_app_id",
                table: "connector",
                column: "app_id");

            migrationBuilder.CreateIndex(
                name: "ix_connector_public_id",
                table: "connector",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_connector_line_at",
                table: "connector_line",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_connector_line_connector_id_id",
                table: "connector_line",
                columns: new[] { "connector_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_connector_owner_person_id",
                table: "connector_owner",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_connector_run_connector_id_ended_at",
                table: "connector_run",
                columns: new[] { "connector_id", "ended_at" });

            migrationBuilder.CreateIndex(
                name: "ix_grant_now_account_id",
                table: "grant_now",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_grant_now_app_id_since_id",
                table: "grant_now",
                columns: new[] { "app_id", "since", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_grant_now_entitlement_id_account_id",
                table: "grant_now",
                columns: new[] { "entitlement_id", "account_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_grant_origin_connector_id",
                table: "grant_origin",
                column: "connector_id");

            migrationBuilder.CreateIndex(
                name: "ix_grant_past_account_id_since_until_entitlement_id",
                table: "grant_past",
                columns: new[] { "account_id", "since", "until", "entitlement_id" });

            migrationBuilder.CreateIndex(
                name: "ix_grant_past_app_id_since_id",
                table: "grant_past",
                columns: new[] { "app_id", "since", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_grant_past_app_id_until_id",
                table: "grant_past",
                columns: new[] { "app_id", "until", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_grant_past_entitlement_id_since_until_account_id",
                table: "grant_past",
                columns: new[] { "entitlement_id", "since", "until", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_cause_connector_id_at",
                table: "inventory_cause",
                columns: new[] { "connector_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_inventory_cause_sync_id",
                table: "inventory_cause",
                column: "sync_id");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_message_due_at",
                table: "outbox_message",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_person_normalized_email",
                table: "person",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_person_normalized_name_id",
                table: "person",
                columns: new[] { "normalized_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_person_public_id",
                table: "person",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_role_holding_role",
                table: "role_holding",
                column: "role");

            migrationBuilder.CreateIndex(
                name: "ix_session_person_id",
                table: "session",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_token_hash",
                table: "session",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_set_up_link_token_hash",
                table: "set_up_link",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_pause_last_at",
                table: "sign_in_pause",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_sync_attempt_id",
                table: "sync",
                column: "attempt_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sync_connector_id_state",
                table: "sync",
                columns: new[] { "connector_id", "state" });

            migrationBuilder.CreateIndex(
                name: "ix_sync_public_id",
                table: "sync",
                column: "public_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_upload_attempt_id_kind",
                table: "upload",
                columns: new[] { "attempt_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_upload_name",
                table: "upload",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_used_assertion_forgotten_at",
                table: "used_assertion",
                column: "forgotten_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_token");

            migrationBuilder.DropTable(
                name: "api_key");

            migrationBuilder.DropTable(
                name: "app_account_past");

            migrationBuilder.DropTable(
                name: "app_entitlement_past");

            migrationBuilder.DropTable(
                name: "app_owner");

            migrationBuilder.DropTable(
                name: "app_resource_past");

            migrationBuilder.DropTable(
                name: "audit_head");

            migrationBuilder.DropTable(
                name: "audit_row");

            migrationBuilder.DropTable(
                name: "connector_line");

            migrationBuilder.DropTable(
                name: "connector_owner");

            migrationBuilder.DropTable(
                name: "connector_run");

            migrationBuilder.DropTable(
                name: "data_protection_key");

            migrationBuilder.DropTable(
                name: "grant_now");

            migrationBuilder.DropTable(
                name: "grant_origin");

            migrationBuilder.DropTable(
                name: "grant_past");

            migrationBuilder.DropTable(
                name: "hosting_lease");

            migrationBuilder.DropTable(
                name: "inventory_cause");

            migrationBuilder.DropTable(
                name: "inventory_state");

            migrationBuilder.DropTable(
                name: "local_password");

            migrationBuilder.DropTable(
                name: "outbox_message");

            migrationBuilder.DropTable(
                name: "role_holding");

            migrationBuilder.DropTable(
                name: "server_value");

            migrationBuilder.DropTable(
                name: "session");

            migrationBuilder.DropTable(
                name: "set_up_link");

            migrationBuilder.DropTable(
                name: "sign_in_pause");

            migrationBuilder.DropTable(
                name: "upload");

            migrationBuilder.DropTable(
                name: "upload_chunk");

            migrationBuilder.DropTable(
                name: "used_assertion");

            migrationBuilder.DropTable(
                name: "app_account");

            migrationBuilder.DropTable(
                name: "app_entitlement");

            migrationBuilder.DropTable(
                name: "sync");

            migrationBuilder.DropTable(
                name: "app_resource");

            migrationBuilder.DropTable(
                name: "attempt");

            migrationBuilder.DropTable(
                name: "app_resource_type");

            migrationBuilder.DropTable(
                name: "client_credential");

            migrationBuilder.DropTable(
                name: "connector");

            migrationBuilder.DropTable(
                name: "person");

            migrationBuilder.DropTable(
                name: "app");
        }
    }
}
