using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.SignIn;

/// <summary>
/// Failed tries for one address. Kept by what was typed, whether anybody has that address or not: otherwise the number of tries would tell who has
/// an account.
/// </summary>
internal sealed class SignInPause
{
    /// <summary>SHA-256 of the normalised address, hexadecimal: people type passwords into that field.</summary>
    public required string Key { get; set; }

    public int Failures { get; set; }

    public required Moment LastAt { get; set; }

    public Moment? PausedUntil { get; set; }
}

internal sealed class SignInPauseConfiguration : IEntityTypeConfiguration<SignInPause>
{
    public void Configure(EntityTypeBuilder<SignInPause> builder)
    {
        builder.HasKey(pause => pause.Key);
        builder.HasIndex(pause => pause.LastAt);
    }
}
