using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;
using Podium.People;

namespace Podium.SignIn;

/// <summary>
/// Somebody is signed in. A row, not a cookie that speaks for itself: it is looked at with each request, so that who is disabled or loses a role is
/// out with the next click.
/// </summary>
internal sealed class Session
{
    public long Id { get; set; }

    /// <summary>SHA-256 of the token in the cookie; the token itself is nowhere here.</summary>
    public required byte[] TokenHash { get; set; }

    public required long PersonId { get; set; }

    public required Moment BegunAt { get; set; }

    /// <summary>Written at most once a minute.</summary>
    public required Moment UsedAt { get; set; }

    /// <summary>The last time that the person proved who they are; some acts want a fresh proof.</summary>
    public required Moment ProvedAt { get; set; }

    public string? Address { get; set; }

    /// <summary>As the browser calls itself, cut.</summary>
    public string? Agent { get; set; }

    public Moment? EndedAt { get; set; }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.HasIndex(session => session.TokenHash).IsUnique();
        builder.HasIndex(session => session.PersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(session => session.PersonId);
    }
}
