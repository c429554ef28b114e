using Baton.Protocol.Connector.V2;
using Podium.Data;

namespace Podium.Inventory.Applying;

/// <summary>A resource type while a sync is compared.</summary>
internal sealed class KnownType
{
    /// <summary>Zero until it is stored.</summary>
    public long Id { get; set; }

    /// <summary>The stored row, while it is written.</summary>
    public AppResourceType? Row { get; set; }

    public required string ExternalId { get; init; }

    public required byte[] Utf8 { get; init; }

    /// <summary>As the file has it; null when it has not.</summary>
    public ResourceType? Message { get; set; }

    public string DisplayName { get; set; } = "";

    public string Description { get; set; } = "";

    public string Traits { get; set; } = "";

    public Moment? StaleSince { get; set; }

    public bool IsDeleted { get; set; }

    /// <summary>The file lists it.</summary>
    public bool IsInFile { get; set; }

    /// <summary>The file has resources of it.</summary>
    public bool HasRows { get; set; }

    /// <summary>Was never listed, and only named by what refers to its rows.</summary>
    public bool IsPlaceholder { get; init; }

    /// <summary>Whether the connector is to read it.</summary>
    public bool IsSelected { get; init; } = true;

    /// <summary>Something of the stored row differs.</summary>
    public bool IsChanged { get; set; }

    public bool HoldsAccounts { get; set; }

    /// <summary>It was there, and the file does not know it.</summary>
    public bool IsAbsent => IsSelected && !IsInFile && !HasRows && Id != 0 && !IsDeleted && !IsPlaceholder;

    /// <summary>For the first time: that the connector stopped reading a type says nothing about what is there.</summary>
    public bool IsOutOfScope => IsAbsent && StaleSince is null;

    /// <summary>For the second time: a person has to say what that means, and then what is stored of it ends.</summary>
    public bool IsMissingTwice => IsAbsent && StaleSince is not null;
}
