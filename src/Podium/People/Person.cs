using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.People;

/// <summary>A human being that access is given to and taken from, whether or not they sign in here. C1 calls it a user.</summary>
internal sealed class Person
{
    public long Id { get; set; }

    public required Ksuid PublicId { get; set; }

    public required string DisplayName
    {
        get;
        set
        {
            field = value;
            NormalizedName = EmailAddress.Normalize(value);
        }
    }

    /// <summary>Of the name, for searching and sorting.</summary>
    public string NormalizedName { get; private set; } = "";

    public required string Email { get; set; }

    /// <summary>NFKC and lower case: what is searched and compared.</summary>
    public required string NormalizedEmail { get; set; }

    public PersonStatus Status { get; set; } = PersonStatus.Enabled;

    public required Moment CreatedAt { get; set; }

    public Moment? DeletedAt { get; set; }
}

internal enum PersonStatus
{
    Enabled,
    Disabled,
}

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.HasIndex(person => person.PublicId).IsUnique();
        builder.HasIndex(person => person.NormalizedEmail).IsUnique();
        builder.HasIndex(person => new { person.NormalizedName, person.Id });
    }
}
