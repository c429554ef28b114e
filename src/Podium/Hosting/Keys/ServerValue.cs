using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Podium.Hosting.Keys;

/// <summary>A thing that this server, over all its replicas, has one of: its signing key, the recipient of its backups, whether it is frozen.</summary>
internal sealed class ServerValue
{
    public required string Name { get; set; }

    /// <summary>Encrypted where it is a secret.</summary>
    public required string Value { get; set; }
}

internal sealed class ServerValueConfiguration : IEntityTypeConfiguration<ServerValue>
{
    public void Configure(EntityTypeBuilder<ServerValue> builder) => builder.HasKey(value => value.Name);
}
