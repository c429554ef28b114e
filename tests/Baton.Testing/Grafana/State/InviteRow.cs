using System.Security.Cryptography;
using System.Text;

namespace Baton.Testing.Grafana.State;

/// <summary>An offer of membership to somebody without an account.</summary>
internal sealed class InviteRow
{
    public const string Pending = "InvitePending";
    public const string Completed = "Completed";
    public const string Revoked = "Revoked";

    public required long Id { get; init; }

    public required long OrgId { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required GrafanaRole Role { get; init; }

    /// <summary>Null when a token made the invite.</summary>
    public UserRow? InvitedBy { get; init; }

    /// <summary>Whoever knows it can create the account.</summary>
    public required string Code { get; init; }

    public string Status { get; set; } = Pending;

    public bool EmailSent { get; set; }

    public required DateTimeOffset Created { get; init; }

    public static string MakeCode(long id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"invite {id}")))[..30];
}
