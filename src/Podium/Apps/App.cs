using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Podium.Data;

namespace Podium.Apps;

/// <summary>An application whose access is governed here; its accounts and entitlements come from its connectors.</summary>
internal sealed class App
{
    public long Id { get; set; }

    public required Ksuid PublicId { get; set; }

    public required string DisplayName { get; set; }

    public string Description { get; set; } = "";

    public required Moment CreatedAt { get; set; }

    public Moment? DeletedAt { get; set; }
}

internal sealed class AppConfiguration : IEntityTypeConfiguration<App>
{
    public void Configure(EntityTypeBuilder<App> builder) => builder.HasIndex(app => app.PublicId).IsUnique();
}
